import { describe, expect, test } from 'vitest';
import { nextNumber } from '#shared/chats/messages/next-number.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { handler as listMessagesHandler } from '../../../functions/chats/list-messages.ts';
import { handler as sendHandler } from '../../../functions/chats/send-message.ts';
import { countOperations } from '../../support/count-operations.ts';
import { invoke } from '../../support/invoke.ts';
import { newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { stored, storedMany } from '../../support/stored.ts';

const send = (person: Person, chatId: string, body: unknown) =>
  invoke(sendHandler, sendMessage, { token: person.token, params: { chatId }, body });

const read = async (person: Person, chatId: string, query?: Record<string, string>) => {
  const { body } = await invoke(listMessagesHandler, listMessages, {
    token: person.token,
    params: { chatId },
    ...(query && { query }),
  });
  return body.messages;
};

const numbers = (messages: { seq: number }[]) => messages.map(({ seq }) => seq);

describe('reading messages', () => {
  test('pages by number, always oldest first', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    for (let n = 2; n <= 12; n++) await send(n % 2 ? anna : boris, chatId, { content: `${n}` });
    expect(numbers(await read(anna, chatId, { limit: '3' }))).toEqual([10, 11, 12]);
    expect(numbers(await read(anna, chatId, { after: '4', limit: '3' }))).toEqual([5, 6, 7]);
    expect(numbers(await read(anna, chatId, { before: '4', limit: '2' }))).toEqual([2, 3]);
    expect(numbers(await read(anna, chatId, { before: '1' }))).toEqual([]);
    expect(numbers(await read(anna, chatId, { after: '12' }))).toEqual([]);
    expect(numbers(await read(anna, chatId, { after: '0' }))).toHaveLength(12);
  });

  test('around a number, of which half a page is before, filled from the other side at either end', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    await storedMany(anna, chatId, 19);
    const around = async (seq: number, limit: number) =>
      numbers(await read(anna, chatId, { around: `${seq}`, limit: `${limit}` }));
    expect(await around(10, 5)).toEqual([8, 9, 10, 11, 12]);
    expect(await around(10, 4)).toEqual([8, 9, 10, 11]);
    expect(await around(10, 1)).toEqual([10]);
    expect(await around(1, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(await around(2, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(await around(20, 5)).toEqual([16, 17, 18, 19, 20]);
    expect(await around(19, 5)).toEqual([16, 17, 18, 19, 20]);
    expect(await around(999, 3)).toEqual([18, 19, 20]);
    expect(await around(7, 100)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });

  test('around a number that is a gap, and in an empty chat', async () => {
    const [anna, boris] = [await newPerson(), await newPerson()];
    const chatId = await newDirect(anna, boris);
    expect(await read(anna, chatId, { around: '1' })).toEqual([]);
    for (let seq = 1; seq <= 9; seq++)
      await (seq === 5 || seq === 6 ? nextNumber(chatId, { userId: anna.id }) : stored(anna, chatId));
    for (const around of ['5', '6', '7'])
      expect(numbers(await read(anna, chatId, { around, limit: '4' }))).toEqual([3, 4, 7, 8]);
  });

  test('around a number takes one query more', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    await read(anna, chatId);
    const counted = await countOperations(() => read(anna, chatId, { around: '1' }));
    expect(counted).toEqual({ operations: ['GetItem', 'Query', 'Query', 'Query'], trips: 1 });
  });

  test('returns 100 of the longest messages, which exceed a DynamoDB page', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => newPerson()));
    const [anna, ...others] = people as [Person, ...Person[]];
    const { id: chatId } = await newGroup(anna, ...others);
    const content = '👍'.repeat(4000);
    await Promise.all(Array.from({ length: 100 }, (_, n) => send(people[n % 12] as Person, chatId, { content })));
    const messages = await read(anna, chatId, { after: '1' });
    expect(numbers(messages)).toEqual(Array.from({ length: 100 }, (_, n) => n + 2));
  });

  test.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', 'ten'],
    ['after', '-1'],
    ['after', '1e3'],
    ['before', '0'],
    ['around', '0'],
    ['around', 'x'],
    ['before', '9999999999999999999'],
  ])('rejects %s=%s', async (name, value) => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const answer = await invoke(listMessagesHandler, listMessages, {
      token: anna.token,
      params: { chatId },
      query: { [name]: value },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input', errors: [{ path: name }] } });
  });

  test.each([
    { after: '1', before: '3' },
    { after: '1', around: '3' },
    { before: '3', around: '2' },
  ])('rejects %j together', async (query) => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const answer = await invoke(listMessagesHandler, listMessages, { token: anna.token, params: { chatId }, query });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });
});
