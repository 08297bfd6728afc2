import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { takeRev } from '#shared/data/changes/log.ts';
import { takeNumber } from '#shared/data/chats/numbers.ts';
import { call } from '../../support/call.ts';
import { newDirect, newGroup, newPerson } from '../../support/people.ts';

const edit = (userId: string) => ({ userId, kind: 'edit' }) as const;

test('a chat counts its changes apart from its messages', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  expect(await takeRev(chatId, edit(anna.id))).toBe(1);
  expect(await takeNumber(chatId, { userId: anna.id })).toMatchObject({ seq: 2 });
  expect(await takeRev(chatId, edit(anna.id))).toBe(2);
});

test('a chat that does not exist gets no change number', async () => {
  const chatId = randomUUID();
  expect(await takeRev(chatId, edit('anna'))).toBe('gone');
  expect(await takeRev(chatId)).toBe('gone');
  expect(await takeRev(chatId)).toBe('gone');
});

test('a user who is leaving gets no change number for a minute', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  await takeNumber(chatId, { userId: anna.id, leaving: { userId: 'boris', at: Date.now() } });
  expect(await takeRev(chatId, edit('boris'))).toBe('leaving');
  expect(await takeRev(chatId, edit(anna.id))).toBe(1);
  await takeNumber(chatId, { userId: anna.id, leaving: { userId: 'vera', at: Date.now() - 61_000 } });
  expect(await takeRev(chatId, edit('vera'))).toBe(2);
  // The reactions of an account that is being deleted are taken back at any time.
  expect(await takeRev(chatId)).toBe(3);
});

test('in a direct chat with a block only deletions get a change number', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const chatId = await newDirect(anna, boris);
  await call(blockUser, anna, { params: { userId: boris.id } });
  expect(await takeRev(chatId, edit(boris.id))).toBe('blocked');
  expect(await takeRev(chatId, { userId: boris.id, kind: 'react' })).toBe('blocked');
  expect(await takeRev(chatId, { userId: boris.id, kind: 'delete' })).toBe(1);
});
