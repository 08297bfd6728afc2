import { expect, test } from 'vitest';
import { mayDelete, mayEdit } from '../../../../infra/local/playground/state/changes/rights.ts';
import type { Role } from '../../../../infra/local/playground/state/open/membership.ts';
import type { Message } from '../../../../shared/contract/chats/message.ts';

const messageOf = (userId: string, state: Partial<Message> = {}): Message => ({
  id: 'message',
  chatId: 'chat',
  userId,
  userName: 'Somebody',
  content: 'Hello',
  type: 'text',
  createdAt: '2026-03-05T09:00:00.000Z',
  seq: 2,
  ...state,
});

const roleOf = (userId: string): Role | undefined =>
  (({ owner: 'owner', admin: 'admin', admin2: 'admin', member: 'member', member2: 'member' }) as const)[userId];

const answer = messageOf('assistant', { type: 'ai', metadata: { askedBy: 'member' } });
const deleted = messageOf('member', { deletedAt: '2026-03-05T09:02:00.000Z' });
const system = messageOf('owner', { type: 'system' });

test.each([
  ['their own', messageOf('member'), 'member', true],
  ['that of another member', messageOf('member2'), 'member', false],
  ['as owner that of an admin', messageOf('admin'), 'owner', true],
  ['as admin that of a member', messageOf('member'), 'admin', true],
  ['as admin that of another admin', messageOf('admin2'), 'admin', true],
  ['as admin that of the owner', messageOf('owner'), 'admin', false],
  ['as somebody whose role is unknown, that of a member', messageOf('member'), 'unknown', false],
  ['the answer that they asked for', answer, 'member', true],
  ['the answer that somebody else asked for', answer, 'member2', false],
  ['as admin an answer', answer, 'admin', true],
  ['a deleted one', deleted, 'member', false],
  ['as owner a system message', system, 'owner', false],
])('somebody may delete %s: %s', (_what, message, userId, expected) => {
  expect(mayDelete(message, { userId, roleOf })).toBe(expected);
});

test.each([
  ['their own text', messageOf('member'), 'member', true],
  ['as owner that of a member', messageOf('member'), 'owner', false],
  ['an answer', answer, 'member', false],
  ['a deleted one', deleted, 'member', false],
  ['a system message of theirs', system, 'owner', false],
])('somebody may edit %s: %s', (_what, message, userId, expected) => {
  expect(mayEdit(message, { userId, roleOf })).toBe(expected);
});
