import * as z from 'zod/mini';
import { characters, visible, wellFormed } from './rules.ts';

/** Text that people write: trimmed, then counted. */
export const text = (min: number, max: number) =>
  z.string().check(z.trim(), ...characters(min, max), wellFormed, visible, z.meta({ minLength: min, maxLength: max }));
