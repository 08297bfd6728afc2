import { expect, test, vi } from 'vitest';
import type { Api } from '../../../../../infra/local/playground/client/rest/api.ts';
import { findPerson, isContact } from '../../../../../infra/local/playground/client/rest/find-person.ts';
import { knownPeople } from '../../../../../infra/local/playground/views/info/add/candidates.ts';
import type { Chat } from '../../../../../shared/contract/chats/chat.ts';

const direct = (other: string, fields: Partial<Chat> = {}) =>
  ({ type: 'direct', name: other.toUpperCase(), participantIds: ['me', other], ...fields }) as Chat;
const group = { type: 'group', name: 'Lake', participantIds: ['me', 'boris'] } as Chat;

test('people of direct chats can be added who are not in the group and whose accounts are there', () => {
  const chats = [direct('vera'), group, direct('boris'), direct('gone', { userDeleted: true }), direct('anna')];
  expect(knownPeople(chats, group, 'me').map(({ id, name }) => `${id} ${name}`)).toEqual(['anna ANNA', 'vera VERA']);
});

test.each([
  ['anna@example.com', { emails: ['anna@example.com'] }],
  ['anna＠example.com', { emails: ['anna＠example.com'] }],
  ['+7 999 123-45-67', { phones: ['+7 999 123-45-67'] }],
])('%s is looked up', async (text, contacts) => {
  const find = vi.fn(async () => ({ users: [] }));
  expect(isContact(text)).toBe(true);
  await findPerson({ users: { find } } as unknown as Api, text);
  expect(find).toHaveBeenCalledWith(contacts);
});

test.each(['Anna', 'Anna 2', ''])('"%s" is a part of a name', (text) => {
  expect(isContact(text)).toBe(false);
});
