import { log } from '#shared/platform/log.ts';
import { retry } from '#shared/platform/retry.ts';
import { settings } from '#shared/platform/settings.ts';
import { type Key, keys } from '../keys.ts';
import { exists, updateIf } from '../write.ts';
import type { StoredMessage } from './messages.ts';

/**
 * Marks of the messages that mention somebody, by their numbers: `mentionSeqs` on a membership, and on the chat
 * `everyoneSeqs`. Reading a chat counts those above the read mark (`mentionCount` in read-marks.ts). All functions may be
 * repeated and never throw, because the message is stored: at worst a mention is not counted, or a deleted one is until it
 * is read.
 */

const table = settings.chatTable();

/** Numbers in `mentionSeqs`. With `ownSeqs` they keep the membership below 1 KB, so that writing it takes one unit. */
const maxMentions = 30;
/** Numbers in `everyoneSeqs`: they take little of the chat's item, which is written with each message. */
const maxEveryone = 20;

type Mentioning = Pick<StoredMessage, 'chatId' | 'seq' | 'mentions' | 'everyone'>;

/** Marks a stored message for everybody whom it mentions and who has not read it. */
export const recordMentions = (stored: Mentioning): Promise<void> => changeMentions(nobodyIn(stored), stored);

/** Removes the marks of a message that was deleted. */
export const forgetMentions = (stored: Mentioning): Promise<void> => changeMentions(stored, nobodyIn(stored));

const nobodyIn = ({ chatId, seq }: Mentioning): Mentioning => ({ chatId, seq });

/** Marks an edited message for those whom it mentions now, and removes the marks of those whom it does not any more. */
export async function changeMentions(before: Mentioning, after: Mentioning): Promise<void> {
  const { chatId, seq } = after;
  const changes: (() => Promise<unknown>)[] = [
    ...newIn(after, before).map((userId) => () => addMention(userId, after)),
    ...newIn(before, after).map((userId) => () => removeSeq(keys.membership(userId, chatId), 'mentionSeqs', seq)),
    ...(after.everyone && !before.everyone ? [() => addEveryone(after)] : []),
    ...(before.everyone && !after.everyone ? [() => removeSeq(keys.chat(chatId), 'everyoneSeqs', seq)] : []),
  ];
  // Also against conflicts with a transaction that checks the membership, which the SDK does not retry.
  const made = await Promise.allSettled(changes.map((change) => retry({ attempts: 3, baseMs: 40 }, change)));
  for (const result of made) {
    if (result.status === 'rejected') log.warn('mention counts wrongly', { chatId, seq, error: result.reason });
  }
}

const newIn = ({ mentions = [] }: Mentioning, { mentions: others = [] }: Mentioning): string[] =>
  mentions.filter((userId) => !others.includes(userId));

function addMention(userId: string, { chatId, seq }: Mentioning) {
  return updateIf({
    TableName: table,
    Key: keys.membership(userId, chatId),
    UpdateExpression: 'ADD mentionSeqs :number',
    ConditionExpression: 'readSeq < :seq AND (attribute_not_exists(mentionSeqs) OR size(mentionSeqs) < :max)',
    ExpressionAttributeValues: { ':number': new Set([seq]), ':seq': seq, ':max': maxMentions },
  });
}

/** Adds the number to those of the chat, and deletes the lowest ones if they are too many. */
async function addEveryone({ chatId, seq }: Mentioning): Promise<void> {
  const { item } = await updateIf({
    TableName: table,
    Key: keys.chat(chatId),
    UpdateExpression: 'ADD everyoneSeqs :number',
    ...exists,
    ExpressionAttributeValues: { ':number': new Set([seq]) },
    ReturnValues: 'UPDATED_NEW',
  });
  const everyoneSeqs: Set<number> = item?.everyoneSeqs ?? new Set();
  const surplus = [...everyoneSeqs].sort((a, b) => b - a).slice(maxEveryone);
  await Promise.all(surplus.map((number) => removeSeq(keys.chat(chatId), 'everyoneSeqs', number)));
}

/** The condition keeps the update from making an item that is gone. */
function removeSeq(key: Key, attribute: 'mentionSeqs' | 'everyoneSeqs', seq: number) {
  return updateIf({
    TableName: table,
    Key: key,
    UpdateExpression: `DELETE ${attribute} :number`,
    ConditionExpression: `contains(${attribute}, :seq)`,
    ExpressionAttributeValues: { ':number': new Set([seq]), ':seq': seq },
  });
}
