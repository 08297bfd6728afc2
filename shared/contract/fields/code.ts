import * as z from 'zod/mini';
import { rule } from './rules.ts';

export const code = z.string().check(
  z.trim(),
  rule('code', (text) => /^\d{6}$/.test(text), 'must be 6 digits'),
  z.describe('A one-time code, sent by text message: POST /auth/code.'),
);
