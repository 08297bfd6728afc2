import { eraseAccount } from '#shared/accounts/erase.ts';
import { type Cursor, parseCursor, toCursor } from '#shared/accounts/export-cursor.ts';
import { readExportPage } from '#shared/accounts/export-page.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import type { AnswerOf } from '#shared/contract/operator/command.ts';
import type { eraseUser } from '#shared/contract/operator/people.ts';
import type { CommandInput } from '#shared/lambda/operator-api.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { suspend } from './people.ts';
import { erase as eraseMessage } from './remove-message.ts';

/** For deleting messages, milliseconds. Reading a page takes a second or two more. */
const timeoutMs = 15_000;

/** Messages that are deleted at the same time. */
const concurrency = 8;

/** Before the first chat, and behind the last one: all messages are deleted. */
const start: Cursor = { chatId: '!', after: 0 };
const end: Cursor = { chatId: '\uffff', after: 0 };

/**
 * Erases an account, as its user could. What the user has written goes first, in as many requests as it takes: each goes on
 * at the cursor of the one before. Throws `deletion_unfinished` if there is not enough time for the account itself.
 */
export async function erase({
  userId,
  messages,
  cursor,
}: CommandInput<typeof eraseUser>): Promise<AnswerOf<typeof eraseUser>> {
  const from = parseCursor(cursor);
  if (messages && from?.chatId !== end.chatId) {
    // Or the user would go on writing where messages have been deleted.
    await suspend({ userId });
    return { erased: false, cursor: toCursor(await eraseMessages(userId, from)) };
  }
  await eraseAccount(userId, operatorId);
  return { erased: true };
}

/** Returns where to go on. */
async function eraseMessages(userId: string, from = start): Promise<Cursor> {
  const deadline = Date.now() + timeoutMs;
  let position = from;
  while (Date.now() < deadline) {
    const page = await readExportPage(userId, position, ({ userId: authorId, askedBy }) =>
      [authorId, askedBy].includes(userId),
    );
    const left = page.messages.filter(({ type, deletedAt }) => type !== 'system' && deletedAt === undefined);
    const erased = await mapConcurrently(left, concurrency, async (message) => {
      if (Date.now() > deadline) return false;
      await eraseMessage(message, { isLive: false });
      return true;
    });
    // What is left of this page is read again.
    if (erased.includes(false)) break;
    if (!page.next) return end;
    position = page.next;
  }
  return position;
}
