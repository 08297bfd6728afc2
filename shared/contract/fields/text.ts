import * as z from 'zod/mini';
import { characters, wellFormed } from './rules.ts';

/** Text that people write: trimmed, then counted. */
export const text = (min: number, max: number) =>
  z.string().check(z.trim(), wellFormed, ...characters(min, max), z.meta({ minLength: min, maxLength: max }));
