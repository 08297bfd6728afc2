import { describe, expect, test } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { handler as listMessagesHandler } from '../../../functions/chats/list-messages.ts';
import { handler as sendHandler } from '../../../functions/chats/send-message.ts';
import { invoke } from '../../support/invoke.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';

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

  test('rejects after and before together', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const query = { after: '1', before: '3' };
    const answer = await invoke(listMessagesHandler, listMessages, { token: anna.token, params: { chatId }, query });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });
});
