import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { log } from '#shared/platform/log.ts';
import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import type { Item } from '../table.ts';
import { updateIf, updateOnce } from '../write.ts';

/**
 * Every message of a chat has a number. From the number of "left" or "removed" on, the leaving user gets none: the same
 * update that gives out that number records on the chat who is leaving, and since when (milliseconds since the epoch).
 */

const table = settings.chatTable();

/**
 * How long a record holds, milliseconds. A sender that checked its membership just before it ended may still ask for a
 * number for as long as its function lives, 28 seconds.
 */
export const leavingMs = 60_000;

const prefix = 'leaving:';
export const recordOf = (userId: string) => prefix + userId;

/** The time of each record, by its attribute's name. */
type Records = Record<string, number>;

export const leavingRecord = (userId: string, at: number): Records => ({ [recordOf(userId)]: at });

/** Who writes a message, and whom it reports as leaving since when, or as joining. */
export interface Numbering {
  userId: string;
  /** The operator, whom no lock and no block stops. */
  byOperator?: boolean;
  leaving?: { userId: string; at: number } | undefined;
  joining?: string[] | undefined;
}

/** A number, the time of its message (ISO 8601), and the records of those who join and have left before. */
export interface Numbered {
  seq: number;
  at: string;
  records: Records;
}

/**
 * Takes the chat's next number; a number that is not used stays a gap. Its time is never before that of a lower number,
 * whose writer's clock may be ahead: clients of the specification sort by time. `leaving` means that the writer is leaving,
 * or that the leaving user is already, `blocked` that this is a direct chat with a block, and `locked` that the operator has
 * locked the chat: in both only those who leave by themselves are reported, and what the operator writes.
 */
export async function takeNumber(
  chatId: string,
  numbering: Numbering,
): Promise<Numbered | 'gone' | 'blocked' | 'locked' | 'leaving'> {
  const { joining = [] } = numbering;
  const now = Date.now();
  const first = await updateOnce(numberUpdate(chatId, numbering, now, ':at'));
  const isBehind = first.refused && Date.parse(first.item?.lastAt) > now;
  const { refused, item = {} } = isBehind ? await updateOnce(numberUpdate(chatId, numbering, now, 'lastAt')) : first;
  if (refused && item.pk === undefined) return 'gone';
  if (refused) return (!isFree(numbering) && closureOf(item)) || 'leaving';
  await forgetRecords(
    chatId,
    recordsIn(item, (_, since) => since < now - leavingMs),
  );
  const joiningRecords = new Set(joining.map(recordOf));
  return { seq: item.seq, at: item.lastAt, records: recordsIn(item, (name) => joiningRecords.has(name)) };
}

/** Whether a block or a lock does not matter: nobody is kept in a chat, and the operator may always write. */
const isFree = ({ userId, leaving, byOperator = false }: Numbering): boolean =>
  byOperator || leaving?.userId === userId;

/** Why nobody may write in a chat now. */
export const closureOf = ({ blockedBy, lockedAt }: Item): 'blocked' | 'locked' | undefined =>
  blockedBy ? 'blocked' : lockedAt && 'locked';

/** A condition on a chat in which people may write. */
export const isOpen = 'attribute_not_exists(blockedBy) AND attribute_not_exists(lockedAt)';

/** Takes a number at this moment (":at"), unless the last one is later, or at the time of the last one ("lastAt"). */
function numberUpdate(chatId: string, numbering: Numbering, now: number, time: ':at' | 'lastAt'): UpdateCommandInput {
  const { userId, leaving, joining = [] } = numbering;
  const staysOrJoins = userId === leaving?.userId || joining.includes(userId);
  const names = {
    ...(leaving && { '#leaving': recordOf(leaving.userId) }),
    ...(!staysOrJoins && { '#writer': recordOf(userId) }),
  };
  const isNamed = Object.keys(names).length > 0;
  return {
    TableName: table,
    Key: keys.chat(chatId),
    UpdateExpression: `ADD seq :one SET lastAt = ${time}${leaving ? ', #leaving = :since' : ''}`,
    ConditionExpression: [
      isFree(numbering) ? 'attribute_exists(pk)' : `attribute_exists(pk) AND ${isOpen}`,
      ...Object.keys(names).map((name) => `(attribute_not_exists(${name}) OR ${name} < :past)`),
      ...(time === ':at' ? ['(attribute_not_exists(lastAt) OR lastAt <= :at)'] : []),
    ].join(' AND '),
    ...(isNamed && { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: {
      ':one': 1,
      ...(time === ':at' && { ':at': new Date(now).toISOString() }),
      ...(isNamed && { ':past': now - leavingMs }),
      ...(leaving && { ':since': leaving.at }),
    },
    ReturnValues: leaving || joining.length > 0 ? 'ALL_NEW' : 'UPDATED_NEW',
  };
}

/** Gaps that a chat remembers. They take less than half a kilobyte of its item, which is written with each message. */
const maxGaps = 50;

/**
 * Records that a number was not used, so that it does not count as unread. Never throws: at worst it does, until a newer
 * message is read.
 */
export async function recordGap(chatId: string, seq: number): Promise<void> {
  try {
    const { refused, item } = await updateIf({
      TableName: table,
      Key: keys.chat(chatId),
      UpdateExpression: 'ADD gaps :gap',
      ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(gaps) OR size(gaps) < :max)',
      ExpressionAttributeValues: { ':gap': new Set([seq]), ':max': maxGaps },
    });
    if (!refused || !item) return;
    const newest = [...(item.gaps as Set<number>), seq].sort((a, b) => b - a).slice(0, maxGaps);
    await updateIf({
      TableName: table,
      Key: keys.chat(chatId),
      UpdateExpression: 'SET gaps = :newest',
      ConditionExpression: 'gaps = :full',
      ExpressionAttributeValues: { ':newest': new Set(newest), ':full': item.gaps },
    });
  } catch (error) {
    log.warn('gap counts as unread', { chatId, seq, error });
  }
}

function recordsIn(chat: Item, matches: (name: string, at: number) => boolean): Records {
  const records = Object.entries(chat).filter(([name, at]) => name.startsWith(prefix) && matches(name, at));
  // An update has room for a few hundred.
  return Object.fromEntries(records.slice(0, 100));
}

/** Removes records, unless one has changed: then somebody is being removed again. */
export async function forgetRecords(chatId: string, records: Records): Promise<void> {
  const entries = Object.entries(records);
  if (entries.length === 0) return;
  await updateIf({
    TableName: table,
    Key: keys.chat(chatId),
    UpdateExpression: `REMOVE ${entries.map((_, n) => `#r${n}`)}`,
    ConditionExpression: entries.map((_, n) => `#r${n} = :v${n}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], n) => [`#r${n}`, name])),
    ExpressionAttributeValues: Object.fromEntries(entries.map(([, at], n) => [`:v${n}`, at])),
  });
}
