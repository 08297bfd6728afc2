import * as z from 'zod/mini';
import { characters, visible, wellFormed } from './rules.ts';

/** Stored as sent: spaces and line breaks at either end stay. A code point has at most 4 bytes of UTF-8. */
const written = (max: number) =>
  z.string().check(wellFormed, ...characters(1, max), visible, z.meta({ minLength: 1, maxLength: max }));

export const content = written(4000);
/** The text beside files, which may be empty. */
export const caption = z.string().check(wellFormed, ...characters(0, 4000), visible, z.meta({ maxLength: 4000 }));
export const question = written(2000);
export const reason = written(1000);
