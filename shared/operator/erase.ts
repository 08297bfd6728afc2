import { eraseAccount } from '#shared/accounts/erase.ts';
import { readExportPage } from '#shared/accounts/export-page.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import type { AnswerOf } from '#shared/contract/operator/command.ts';
import type { eraseUser } from '#shared/contract/operator/people.ts';
import type { CommandInput } from '#shared/lambda/operator-api.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { Problem } from '#shared/platform/problem.ts';
import { erase as eraseMessage } from './remove-message.ts';

/** For deleting messages, milliseconds. A page and the deletion of the account must fit into the 28 s of a function too. */
const timeoutMs = 6000;

/** Messages that are deleted at the same time. */
const concurrency = 8;

/** Erases an account, as its user could. Throws `deletion_unfinished` if there is not enough time: then it is repeated. */
export async function erase({ userId, messages }: CommandInput<typeof eraseUser>): Promise<AnswerOf<typeof eraseUser>> {
  if (messages) await eraseMessages(userId);
  await eraseAccount(userId, operatorId);
  return { erased: true };
}

async function eraseMessages(userId: string): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (let page = await readExportPage(userId); ; page = await readExportPage(userId, page.next)) {
    const left = page.messages.filter(({ deletedAt }) => deletedAt === undefined);
    await mapConcurrently(left, concurrency, (message) => eraseMessage(message, { isLive: false }));
    if (!page.next) return;
    if (Date.now() > deadline) throw new Problem('deletion_unfinished', { retryAfter: 1 });
  }
}
