import * as z from 'zod/mini';
import { characters, visible, wellFormed } from './rules.ts';

/** Stored as sent: spaces and line breaks at either end stay. 4,000 code points are at most 16,000 bytes of UTF-8. */
export const content = z
  .string()
  .check(wellFormed, ...characters(1, 4000), visible, z.meta({ minLength: 1, maxLength: 4000 }));
