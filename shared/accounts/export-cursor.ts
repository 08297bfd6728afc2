import * as z from 'zod/mini';
import { highestSeq, id } from '#shared/contract/fields/index.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Where an export continues: in which chat, after which message number. */
const cursor = z.object({ chatId: id, after: z.int().check(z.gte(0), z.lte(highestSeq)) });

export type Cursor = z.output<typeof cursor>;

export const toCursor = (position: Cursor): string => Buffer.from(JSON.stringify(position)).toString('base64url');

/** Throws `invalid_input` if it isn't a cursor. A forged one is harmless: an export reads only the caller's chats. */
export function parseCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  try {
    return z.parse(cursor, JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new Problem('invalid_input', {
      errors: [{ path: 'cursor', message: 'is not a valid cursor', rule: 'not_allowed_value' }],
      cause,
    });
  }
}
