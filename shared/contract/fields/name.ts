import * as z from 'zod/mini';
import { inOneLine } from './rules.ts';
import { text } from './text.ts';

export const device = text(1, 100).check(
  z.describe('The name shown in the list of sessions; by default the User-Agent header.'),
);

export const personName = text(1, 80).check(inOneLine);
export const groupName = text(1, 100).check(inOneLine);
