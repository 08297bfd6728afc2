import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { log } from '#shared/platform/log.ts';
import { retry } from '#shared/platform/retry.ts';
import { settings } from '#shared/platform/settings.ts';
import { keys, sameKey } from '../keys.ts';
import { getItems } from '../table.ts';
import { updateIf } from '../write.ts';
import type { Chat } from './chats.ts';
import type { Membership } from './memberships.ts';
import { endingUnreadMark, endUnreadMark } from './unread-marks.ts';

/**
 * How far a user has read a chat: up to the mark `readSeq`, which never moves back. `ownSeqs` has the numbers above it that the
 * user's own messages took, because nobody has to read what they wrote, and `mentionSeqs` those of messages that mention the
 * user (mentions.ts). Each write is exact whatever happens at the same moment: a number is added or deleted by its value,
 * and only numbers that a mark covers are deleted.
 */

const table = settings.chatTable();

/** Numbers in `ownSeqs`. With `mentionSeqs` they keep the membership below 1 KB, so that writing it takes one unit. */
const maxOwn = 80;

type ReadState = Pick<Membership, 'userId' | 'chatId' | 'readSeq' | 'ownSeqs' | 'mentionSeqs' | 'unreadFrom'>;

/**
 * How many messages of others are above the user's mark, in a chat whose newest message has the number `lastSeq` and some
 * of whose numbers have no message. Those that the user has marked as unread count too.
 */
export function unreadCount(
  lastSeq: number,
  { readSeq, ownSeqs = new Set(), unreadBelow = 0 }: Pick<Membership, 'readSeq' | 'ownSeqs' | 'unreadBelow'>,
  { gaps = new Set() }: Pick<Chat, 'gaps'> = {},
): number {
  // The author of a message that was not stored has its number in both.
  const notUnread = [...new Set([...ownSeqs, ...gaps])].filter((seq) => seq > readSeq && seq <= lastSeq);
  return Math.max(0, lastSeq - readSeq - notUnread.length) + unreadBelow;
}

type Mentioned = Pick<Membership, 'readSeq' | 'ownSeqs' | 'mentionSeqs' | 'mentionsBelow'>;

/** How many of these messages mention the user, as far as they are counted. */
export function mentionCount(
  lastSeq: number,
  { readSeq, ownSeqs = new Set(), mentionSeqs = new Set(), mentionsBelow = 0 }: Mentioned,
  { everyoneSeqs = new Set() }: Pick<Chat, 'everyoneSeqs'> = {},
): number {
  const seqs = [...new Set([...mentionSeqs, ...everyoneSeqs])];
  return seqs.filter((seq) => seq > readSeq && seq <= lastSeq && !ownSeqs.has(seq)).length + mentionsBelow;
}

/** The chat, the last message number given out in it, and the user's membership, in one read. */
export async function getReadState(userId: string, chatId: string) {
  const [chatKey, membershipKey] = [keys.chat(chatId), keys.membership(userId, chatId)];
  const items = await getItems<Partial<Chat & Membership>>(table, [chatKey, membershipKey]);
  const chat = items.find((item) => sameKey(item, chatKey)) as Chat | undefined;
  return {
    chat,
    lastSeq: chat?.seq ?? 0,
    membership: items.find((item) => sameKey(item, membershipKey)) as Membership | undefined,
  };
}

type Condition = Pick<UpdateCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>;

const isBefore: Condition = { ConditionExpression: 'readSeq < :seq' };
const isJustBefore = (seq: number): Condition => ({
  ConditionExpression: 'readSeq = :before',
  ExpressionAttributeValues: { ':before': seq - 1 },
});

/**
 * Moves the mark to a number, and forgets the own numbers and mentions that it covers, as far as they are known. `alsoDo` is
 * a further part of the update.
 */
function moveMark(membership: ReadState, seq: number, condition: Condition, alsoDo = '') {
  const { userId, chatId, ownSeqs, mentionSeqs } = membership;
  const covered = Object.entries({ ownSeqs, mentionSeqs })
    .map(([name, seqs = new Set()]) => ({ name, seqs: [...seqs].filter((number) => number <= seq) }))
    .filter(({ seqs }) => seqs.length > 0);
  const deletions = covered.map(({ name }) => `${name} :${name}`).join();
  return updateIf({
    TableName: table,
    Key: keys.membership(userId, chatId),
    UpdateExpression: `SET readSeq = :seq${deletions && ` DELETE ${deletions}`} ${alsoDo}`,
    ...condition,
    ExpressionAttributeValues: {
      ...condition.ExpressionAttributeValues,
      ':seq': seq,
      ...Object.fromEntries(covered.map(({ name, seqs }) => [`:${name}`, new Set(seqs)])),
    },
    ReturnValues: 'UPDATED_OLD',
  });
}

/**
 * Moves the mark, never back, and ends a mark as unread at or below the number. Returns the mark after that, the one before
 * if it moved, and whether a mark as unread was ended besides.
 */
export async function advanceRead(
  membership: ReadState,
  seq: number,
): Promise<{ readSeq: number; movedFrom?: number; endedUnread?: boolean } | 'not a participant'> {
  const { refused, item } =
    seq > membership.readSeq
      ? await moveMark(membership, seq, isBefore, endingUnreadMark)
      : { refused: true, item: membership };
  const found = item as ReadState | undefined;
  if (!found) return 'not a participant';
  if (!refused) return { readSeq: seq, movedFrom: found.readSeq };
  const { readSeq, unreadFrom } = found;
  const endedUnread = unreadFrom !== undefined && unreadFrom <= seq && (await endUnreadMark(membership, seq));
  // Perhaps by this request itself: the database client repeats a write whose answer was lost.
  const hasJustMoved = readSeq === seq && membership.readSeq < seq;
  return { readSeq, ...(hasJustMoved && { movedFrom: membership.readSeq }), ...(endedUnread && { endedUnread }) };
}

/**
 * Records that a number is one of the user's own messages. It moves the mark if the message before is read, and otherwise is
 * kept in `ownSeqs`; if that is full, the mark moves here all the same. May be repeated. Never throws, because the message is
 * stored: at worst it counts as unread until it is read. `membership` may be a little old.
 */
export async function recordOwn(membership: ReadState, seq: number): Promise<void> {
  if (membership.readSeq >= seq || membership.ownSeqs?.has(seq)) return;
  try {
    // Also against conflicts with a transaction that checks the membership, which the SDK does not retry.
    await retry({ attempts: 3, baseMs: 40 }, () => addOwn(membership, seq));
  } catch (error) {
    log.warn('own message counts as unread', { chatId: membership.chatId, seq, error });
  }
}

async function addOwn(membership: ReadState, seq: number): Promise<void> {
  const { userId, chatId, readSeq } = membership;
  if (readSeq === seq - 1) {
    const moved = await moveMark(membership, seq, isJustBefore(seq));
    if (!moved.refused) return;
  }
  const added = await updateIf({
    TableName: table,
    Key: keys.membership(userId, chatId),
    UpdateExpression: 'ADD ownSeqs :number',
    ConditionExpression: 'readSeq < :seq AND (attribute_not_exists(ownSeqs) OR size(ownSeqs) < :max)',
    ExpressionAttributeValues: { ':number': new Set([seq]), ':seq': seq, ':max': maxOwn },
  });
  if (!added.refused || !added.item) return;
  const found = added.item as Membership;
  const isFull = found.readSeq < seq && !found.ownSeqs?.has(seq);
  if (isFull) await moveMark(found, seq, isBefore);
}
