import { findSeq } from '#shared/chats/messages/find-message.ts';
import { toMessages } from '#shared/chats/messages/messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import type { removeMessage as contract } from '#shared/contract/operator/chats.ts';
import type { AnswerOf, InputOf } from '#shared/contract/operator/command.ts';
import { storeChange, supersededBy, takeRev } from '#shared/data/changes/log.ts';
import { eraseMessage, eraseRest } from '#shared/data/changes/tombstone.ts';
import { forgetMentions } from '#shared/data/chats/mentions.ts';
import { getMessage, type StoredMessage } from '#shared/data/chats/messages.ts';
import { getOpenReport, listReportsOf } from '#shared/data/operator/reports.ts';
import { deliverChange } from '#shared/delivery/changes.ts';
import { enqueueFiles } from '#shared/files/erasure.ts';
import { Problem } from '#shared/platform/problem.ts';

/** How often a deletion is tried on a message that others change at the same time. */
const maxAttempts = 5;

/**
 * Deletes a message for everybody. Its id names the chat, but for an answer of the assistant: then a report or the request
 * must. Throws `message_not_found`, `not_deletable` and `changed_meanwhile`.
 */
export async function removeMessage({
  messageId,
  ...input
}: InputOf<typeof contract>): Promise<AnswerOf<typeof contract>> {
  const chatId = input.chatId ?? (await chatOf(messageId));
  const seq = chatId === undefined ? undefined : await findSeq(chatId, messageId);
  const message = chatId === undefined || seq === undefined ? undefined : await getMessage(chatId, seq);
  if (!message) throw new Problem('message_not_found');
  return { message: await erase(message, { isLive: true }) };
}

async function chatOf(messageId: string): Promise<string | undefined> {
  const open = await getOpenReport(messageId);
  const [, chatId] = /^(.+)-[1-9]\d*$/.exec(messageId) ?? [];
  return open?.chatId ?? chatId ?? (await listReportsOf(messageId))[0]?.chatId;
}

/**
 * Makes a message a tombstone of the operator's, as shared/changes/delete.ts does for its participants. Readers hear of it
 * at once if it `isLive`, and otherwise when they catch up. Throws `not_deletable` and `changed_meanwhile`.
 */
export async function erase(message: StoredMessage, { isLive }: { isLive: boolean }): Promise<Message> {
  const { chatId, seq, files } = message;
  if (message.type === 'system') throw new Problem('not_deletable');
  if (message.deletedAt !== undefined) {
    // The first request may have broken off before.
    await eraseRest(message);
    return shown(message);
  }
  if (files) await enqueueFiles({ chatId, seq, fileIds: files.map(({ id }) => id) });
  const rev = await nextRev(message);
  const erased = await eraseFound(message, rev);
  await forgetMentions(message);
  const result = shown(erased);
  await deliverChange(chatId, { shown: result, seq, rev, userId: operatorId, isLive });
  return result;
}

/** The number of the change, with its entry in the log. The messages of a chat that is gone have no reader to tell. */
async function nextRev(message: StoredMessage): Promise<number> {
  const { chatId, seq } = message;
  const rev = await takeRev(chatId);
  if (typeof rev !== 'number') return (message.rev ?? 0) + 1;
  const change = { rev, seq, kind: 'delete', by: operatorId, at: new Date().toISOString() } as const;
  await storeChange(chatId, change, supersededBy(message));
  return rev;
}

async function eraseFound(message: StoredMessage, rev: number): Promise<StoredMessage> {
  let found: StoredMessage | undefined = message;
  for (let attempt = 0; found && attempt < maxAttempts; attempt++) {
    const erased = await eraseMessage(found, rev, { deletedBy: operatorId, reason: undefined });
    if ('changed' in erased) return erased.changed;
    if (erased.found?.deletedAt !== undefined) return erased.found;
    found = erased.found;
  }
  throw new Problem(found ? 'changed_meanwhile' : 'message_not_found');
}

async function shown(message: StoredMessage): Promise<Message> {
  const [result] = await toMessages([message]);
  return result as Message;
}
