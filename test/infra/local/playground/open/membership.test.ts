import { expect, test } from 'vitest';
import {
  afterMessage,
  byRank,
  type Member,
  successorAmong,
} from '../../../../../infra/local/playground/state/open/membership.ts';
import type { Message } from '../../../../../shared/contract/chats/message.ts';

const people: Member[] = [
  { id: 'anna', name: 'Anna', role: 'owner', joinedAt: '1' },
  { id: 'boris', name: 'Boris', role: 'admin', avatarUrl: 'face', joinedAt: '2' },
  { id: 'vera', name: 'Vera', role: 'member', joinedAt: '3' },
];
const byId = new Map(people.map((member) => [member.id, member]));

const after = (userId: string, metadata: NonNullable<Message['metadata']>) =>
  afterMessage(byId, {
    ...{ id: 'message', chatId: 'chat', seq: 9, type: 'system', content: '' },
    ...{ userId, userName: 'Gleb', createdAt: '9', metadata },
  });
const rolesAfter = (userId: string, metadata: NonNullable<Message['metadata']>) =>
  Object.fromEntries([...after(userId, metadata).values()].map(({ id, role }) => [id, role]));

const before = { anna: 'owner', boris: 'admin', vera: 'member' };

test('somebody who joins is a member with the name of the message', () => {
  expect(after('gleb', { event: 'joined' }).get('gleb')).toEqual({
    ...{ id: 'gleb', name: 'Gleb', role: 'member', joinedAt: '9' },
  });
});

test('those who are added are members; whoever comes back is no admin any more and keeps the picture', () => {
  const members = after('anna', { event: 'added', memberIds: ['boris', 'dina'], memberNames: ['Boris', 'Dina'] });
  expect(members.get('dina')).toMatchObject({ name: 'Dina', role: 'member' });
  expect(members.get('boris')).toMatchObject({ role: 'member', avatarUrl: 'face' });
});

test('those who are removed are gone', () => {
  expect(rolesAfter('anna', { event: 'removed', memberIds: ['boris', 'vera'] })).toEqual({ anna: 'owner' });
});

test('somebody who leaves is gone, and the owner leaves the group to another one', () => {
  expect(rolesAfter('vera', { event: 'left' })).toEqual({ anna: 'owner', boris: 'admin' });
  expect(rolesAfter('anna', { event: 'left', memberIds: ['boris'] })).toEqual({ boris: 'owner', vera: 'member' });
});

test('a new role is that of the named members alone', () => {
  expect(rolesAfter('anna', { event: 'role_changed', memberIds: ['vera'], role: 'admin' })).toEqual({
    ...before,
    vera: 'admin',
  });
});

test('a new owner makes the old one an admin, also if the operator has decided it', () => {
  expect(rolesAfter('operator', { event: 'role_changed', memberIds: ['vera'], role: 'owner' })).toEqual({
    anna: 'admin',
    boris: 'admin',
    vera: 'owner',
  });
});

test('any other message leaves the members as they are', () => {
  expect(after('anna', { event: 'renamed', name: 'Lake' })).toBe(byId);
});

test('the owner comes first, then the admins, and each group is sorted by name', () => {
  const names = [{ id: 'x', name: 'Aaron' }, ...people.toReversed(), { id: 'y', name: 'Zoe' }].toSorted(byRank);
  expect(names.map(({ name }) => name)).toEqual(['Anna', 'Boris', 'Aaron', 'Vera', 'Zoe']);
});

const follows = (...others: Member[]) => successorAmong(others)?.id;
const [, boris, vera] = people as [Member, Member, Member];

test('an admin follows the owner rather than a member who joined earlier', () => {
  expect(follows({ id: 'gleb', name: 'Gleb', role: 'member', joinedAt: '1' }, boris)).toBe('boris');
});

test('without admins the member who joined first follows; of those who joined at once, the one with the lowest id', () => {
  const gleb: Member = { id: 'gleb', name: 'Gleb', role: 'member', joinedAt: '3' };
  expect(follows(vera, gleb)).toBe('gleb');
  expect(follows(gleb, vera, { ...vera, id: 'zoe', joinedAt: '2' })).toBe('zoe');
});

test('nobody follows an owner who is alone', () => {
  expect(follows()).toBeUndefined();
});
