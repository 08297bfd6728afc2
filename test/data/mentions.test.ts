import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { getChatsAlone, storeDirect } from '#shared/data/chats/chats.ts';
import { getMembership, type Membership, membershipPut } from '#shared/data/chats/memberships.ts';
import { changeMentions, forgetMentions, recordMentions } from '#shared/data/chats/mentions.ts';
import { advanceRead, mentionCount, recordOwn } from '#shared/data/chats/read-marks.ts';
import { writeTogether } from '#shared/data/write.ts';
import { interceptNext, interceptNothing } from '../support/intercept-next.ts';
import { linesOf } from '../support/log-lines.ts';
import { newPerson } from '../support/people.ts';

afterEach(interceptNothing);

const present = { joinedAt: '2026-01-01T00:00:00.000Z', role: 'member' } as const;

/** A membership as it is stored, which nothing else changes. */
async function member(readSeq = 0, chatId: string = randomUUID()): Promise<Membership> {
  const membership = { userId: randomUUID(), chatId, readSeq, ...present };
  await writeTogether([membershipPut(membership)]);
  return membership;
}

const mentioning = ({ userId, chatId }: Membership, seq: number) => ({ chatId, seq, mentions: [userId] });

const stored = async ({ userId, chatId }: Membership) => (await getMembership(userId, chatId)) as Membership;
const seqsOf = async (membership: Membership) =>
  [...((await stored(membership)).mentionSeqs ?? [])].sort((a, b) => a - b);

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('a mention', () => {
  test('is marked once for each participant who is mentioned, and can be recorded again', async () => {
    const anna = await member();
    const boris = await member(0, anna.chatId);
    const message = { chatId: anna.chatId, seq: 3, mentions: [anna.userId, boris.userId] };
    await recordMentions(message);
    await recordMentions(message);
    expect(await Promise.all([seqsOf(anna), seqsOf(boris)])).toEqual([[3], [3]]);
  });

  test('is not marked in a message that was read, or for somebody who has left', async () => {
    const anna = await member(5);
    await recordMentions(mentioning(anna, 5));
    expect(await stored(anna)).not.toHaveProperty('mentionSeqs');
    const nobody = { ...anna, userId: randomUUID() };
    await recordMentions(mentioning(nobody, 6));
    await forgetMentions(mentioning(nobody, 6));
    expect(await getMembership(nobody.userId, nobody.chatId)).toBeUndefined();
  });

  test('is kept with 29 others, all recorded at once, and one more is not', async () => {
    const anna = await member();
    await Promise.all(numbers(1, 30).map((seq) => recordMentions(mentioning(anna, seq))));
    await recordMentions(mentioning(anna, 31));
    expect(await seqsOf(anna)).toEqual(numbers(1, 30));
  });

  test('is forgotten when its message is deleted or read', async () => {
    const anna = await member();
    for (const seq of [1, 2, 3, 4]) await recordMentions(mentioning(anna, seq));
    await forgetMentions(mentioning(anna, 2));
    expect(await seqsOf(anna)).toEqual([1, 3, 4]);
    await advanceRead(await stored(anna), 3);
    expect(await seqsOf(anna)).toEqual([4]);
    await recordOwn(await stored(anna), 4);
    expect(await stored(anna)).not.toHaveProperty('mentionSeqs');
  });

  test('that an edit adds is marked, and one that it drops is forgotten', async () => {
    const [anna, boris] = [await member(), await member()];
    const [before, after] = [mentioning(anna, 2), { ...mentioning(boris, 2), chatId: anna.chatId }];
    const borisThere = { ...boris, chatId: anna.chatId };
    await writeTogether([membershipPut(borisThere)]);
    await recordMentions(before);
    await changeMentions(before, after);
    expect(await seqsOf(borisThere)).toEqual([2]);
    expect(await stored(anna)).not.toHaveProperty('mentionSeqs');
  });

  test('is tried three times, and then fails nothing', async () => {
    const anna = await member();
    const conflict = Object.assign(new Error('conflict'), { name: 'TransactionConflictException' });
    const failing = (times: number) =>
      interceptNext('UpdateItem', async () => {
        if (times > 1) failing(times - 1);
        throw conflict;
      });
    failing(2);
    await recordMentions(mentioning(anna, 1));
    failing(3);
    const lines = await linesOf(() => recordMentions(mentioning(anna, 2)));
    expect(lines).toMatchObject([{ level: 'warn', chatId: anna.chatId, seq: 2 }]);
    expect(await seqsOf(anna)).toEqual([1]);
  });
});

describe('a mention of everyone', () => {
  /** A chat with a number for each message. */
  async function newChat(): Promise<string> {
    const [anna, boris, chatId] = [await newPerson(), await newPerson(), randomUUID()];
    await storeDirect(chatId, anna.id, boris.id);
    return chatId;
  }
  const everyone = (chatId: string, seq: number) => ({ chatId, seq, everyone: true }) as const;
  const seqsIn = async (chatId: string) => {
    const [chat] = await getChatsAlone([chatId]);
    return [...(chat?.everyoneSeqs ?? [])].sort((a, b) => a - b);
  };

  test('is kept by the chat, in the newest twenty messages, even if all are recorded at once', async () => {
    const chatId = await newChat();
    await Promise.all(numbers(1, 40).map((seq) => recordMentions(everyone(chatId, seq))));
    expect(await seqsIn(chatId)).toEqual(numbers(21, 40));
    await recordMentions(everyone(chatId, 5));
    expect(await seqsIn(chatId)).toEqual(numbers(21, 40));
  });

  test('is forgotten with its message, and follows an edit', async () => {
    const chatId = await newChat();
    await recordMentions(everyone(chatId, 1));
    await recordMentions(everyone(chatId, 2));
    await forgetMentions(everyone(chatId, 1));
    await forgetMentions(everyone(chatId, 7));
    expect(await seqsIn(chatId)).toEqual([2]);
    await changeMentions(everyone(chatId, 2), { chatId, seq: 2 });
    await changeMentions({ chatId, seq: 3 }, everyone(chatId, 3));
    expect(await seqsIn(chatId)).toEqual([3]);
  });

  test('makes no chat', async () => {
    const chatId = randomUUID();
    await recordMentions(everyone(chatId, 1));
    await forgetMentions(everyone(chatId, 1));
    expect(await getChatsAlone([chatId])).toEqual([]);
  });
});

test('mentions count once for each message above the mark that is not the user’s own', () => {
  const membership = { readSeq: 4, ownSeqs: new Set([9]), mentionSeqs: new Set([3, 5, 6]) };
  expect(mentionCount(10, membership, { everyoneSeqs: new Set([4, 6, 7, 9, 11]) })).toBe(3);
  expect(mentionCount(10, { readSeq: 4 })).toBe(0);
});
