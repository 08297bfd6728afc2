import * as z from 'zod/mini';
import { id } from './id.ts';
import { queryNumber } from './number.ts';

const fromPage = z.describe('The `cursor` of the previous page.');

/** A page of a chat's participants, in the order of their ids. */
export const memberPage = z.object({
  limit: z._default(queryNumber(1, 200), 200).check(z.describe('The maximum number of participants to return.')),
  cursor: z.optional(id).check(fromPage),
});

export const nextPage = z.optional(z.string()).check(z.describe('For the next page; absent on the last.'));
