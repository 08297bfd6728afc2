import * as z from 'zod/mini';
import { rule } from './rules.ts';

/** Message numbers are stored with twelve digits. */
export const highestSeq = 999_999_999_998;

/** A number in a query string. */
export const queryNumber = (min: number, max: number) =>
  z.pipe(
    z.string().check(rule('wrong_type', (text) => /^\d{1,15}$/.test(text), 'must be a whole number')),
    z.pipe(
      z.transform((digits: string) => Number(digits)),
      z.int().check(z.gte(min, { error: `must be at least ${min}` }), z.lte(max, { error: `must be at most ${max}` })),
    ),
  );
