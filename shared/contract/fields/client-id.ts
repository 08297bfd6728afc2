import * as z from 'zod/mini';
import { characters, wellFormed } from './rules.ts';

export const clientId = z
  .string()
  .check(
    wellFormed,
    ...characters(1, 64),
    z.meta({ minLength: 1, maxLength: 64 }),
    z.describe('Chosen by the author’s client for each message, and repeated in every retry.'),
  );
