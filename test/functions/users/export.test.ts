import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { exportMe } from '#shared/contract/users/export-me.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { keys } from '#shared/data/keys.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { edit, react, remove, sent } from '../../support/changes.ts';
import { put, putAll } from '../../support/growth.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';

describe('exporting the account', () => {
  /** Lambda returns the body as a string inside JSON, which may have 6 MB in all: 2 MB are for the chats. */
  function expectToFit(page: Json): void {
    expect(Buffer.byteLength(JSON.stringify(JSON.stringify(page)))).toBeLessThan(4_000_000);
  }

  /** Puts so many messages of one user into a chat, from a number on. */
  async function putMessages(userId: string, chatId: string, count: number, content: string, from = 2): Promise<void> {
    const message = { chatId, userId, type: 'text', createdAt: new Date().toISOString(), content } as const;
    const seqs = Array.from({ length: count }, (_, n) => from + n);
    await mapConcurrently(seqs, 8, (seq) => storeMessage({ ...message, seq }));
  }

  /** JSON inside JSON takes seven bytes for each of these characters. */
  const fattest = '\u0001'.repeat(4000);

  async function exportAll(person: Person): Promise<{ first: Json; messages: Json[] }> {
    const { body: first } = await call(exportMe, person);
    const messages = [...first.messages];
    expectToFit(first);
    for (let page = first; page.cursor; ) {
      page = (await call(exportMe, person, { query: { cursor: page.cursor } })).body;
      messages.push(...page.messages);
      expect(page.user).toBeUndefined();
      expectToFit(page);
    }
    return { first, messages };
  }

  test('returns everything about the user, from former chats too, and nothing written by others', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    const [here, gone] = await Promise.all([newGroup(anna, boris), newGroup(boris, anna)]);
    for (const { id: chatId } of [here, gone]) {
      await call(sendMessage, anna, { params: { chatId }, body: { content: `mine in ${chatId}` } });
      await call(sendMessage, boris, { params: { chatId }, body: { content: 'his' } });
    }
    await call(blockUser, anna, { params: { userId: boris.id } });
    await call(removeMember, anna, { params: { groupId: gone.id, userId: anna.id } });

    const { first, messages } = await exportAll(anna);
    expect(first).toMatchObject({
      user: { id: anna.id, email: anna.email, name: 'Anna', createdAt: expect.any(String) },
      sessions: [{ device: 'Unknown device' }],
      blockedUserIds: [boris.id],
      chats: [{ id: here.id, role: 'owner' }],
      formerChats: [{ id: gone.id, leftAt: expect.any(String) }],
    });
    expect(messages.map(({ content }) => content).sort()).toEqual([here, gone].map(({ id }) => `mine in ${id}`).sort());
    expect(JSON.stringify(first)).not.toContain('passwordHash');
  });

  test('returns what became of the messages, whom they mention and what they reply to, and the user’s reactions', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    const { id: chatId } = await newGroup(anna, boris);
    const his = await sent(boris, chatId, 'his');
    await sent(anna, chatId, 'reply', { replyToId: his.id, mentions: [boris.id], everyone: true });
    await edit(anna, await sent(anna, chatId, 'helo'), 'hello');
    await remove(anna, await sent(anna, chatId, 'secret'));
    await react(anna, his, '👍');
    await react(boris, his, '🎉');
    const { body } = await call(exportMe, anna);
    const message = { chatId, createdAt: expect.any(String) };
    expect(body.messages).toEqual([
      { ...message, seq: 3, content: 'reply', replyToSeq: 2, mentions: [boris.id], everyone: true },
      { ...message, seq: 4, content: 'hello', editedAt: expect.any(String) },
      { ...message, seq: 5, content: '', deletedAt: expect.any(String) },
    ]);
    expect(body.reactions).toEqual([{ chatId, seq: 2, emojis: ['👍'] }]);
  });

  test('counts mentions and reactions too', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    const mentions = Array.from({ length: 20 }, () => randomUUID());
    const message = { chatId, type: 'text', createdAt: new Date().toISOString(), content: 'x' } as const;
    const mine = { ...message, userId: anna.id, mentions };
    const his = { ...message, userId: boris.id, [`r:${anna.id}`]: { rev: 3, '👨‍👩‍👧‍👦': 1, '👍': 2, '🎉': 3 } };
    const stored = (n: number) => put({ ...keys.message(chatId, n + 2), seq: n + 2, ...(n % 2 ? mine : his) });
    await putAll(Array.from({ length: 2000 }, (_, n) => stored(n)));
    const { first, messages } = await exportAll(anna);
    // The page would have 950 of each if only one of them counted.
    expect(first.reactions.length).toBeLessThan(850);
    expect(messages).toHaveLength(1000);
  });

  test('returns pages that fit into a Lambda response, even with the largest messages', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    await putMessages(anna.id, chatId, 74, fattest);
    await putMessages(anna.id, chatId, 26, 'x', 76);
    await putMessages(anna.id, chatId, 150, fattest, 102);
    const { messages } = await exportAll(anna);
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 250 }, (_, n) => n + 2));
  });

  test('counts the other fields of short messages too', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    await putMessages(anna.id, chatId, 5000, 'x');
    const { first, messages } = await exportAll(anna);
    expect(first.messages.length).toBeLessThan(5000);
    expect(messages).toHaveLength(5000);
  });

  test('ends a page early in a chat where others write much', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    await putMessages(boris.id, chatId, 400, fattest);
    await putMessages(anna.id, chatId, 1, 'mine', 402);
    const { first, messages } = await exportAll(anna);
    expect(first.messages).toEqual([]);
    expect(messages).toMatchObject([{ content: 'mine' }]);
  });

  test('covers a hundred chats on a page', async () => {
    const anna = await newPerson();
    const groups = await mapConcurrently(Array.from({ length: 101 }), 8, () => newGroup(anna));
    for (const { id } of groups) await putMessages(anna.id, id, 1, 'mine');
    const { first, messages } = await exportAll(anna);
    expect([first.messages.length, messages.length]).toEqual([100, 101]);
  });

  test('rejects a nonsense cursor, and returns nothing from another chat for a forged one', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(boris);
    await call(sendMessage, boris, { params: { chatId }, body: { content: 'his' } });
    expect(await call(exportMe, anna, { query: { cursor: 'nonsense' } })).toMatchObject({ status: 400 });
    const forged = Buffer.from(JSON.stringify({ chatId, after: 0 })).toString('base64url');
    expect((await call(exportMe, anna, { query: { cursor: forged } })).body).toEqual({ messages: [] });
  });
});
