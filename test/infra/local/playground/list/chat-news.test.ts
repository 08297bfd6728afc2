import { describe, expect, test } from 'vitest';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import {
  isBehind,
  withChange,
  withMessage,
  withRead,
} from '../../../../../infra/local/playground/state/list/chat-news.ts';
import { chatOf, messageOf } from './chats.ts';

/** What the list of chats makes of frames. Anna is the user. */

const chat = chatOf({ lastSeq: 5, unreadCount: 2, mentionCount: 1, lastRev: 3 });
const take = (message: Partial<Message>, before: Partial<Chat> = {}) =>
  withMessage({ ...chat, ...before }, messageOf({ seq: 6, ...message }), 'anna');

describe('a message', () => {
  test('of somebody else is the newest one and unread', () => {
    const createdAt = '2026-03-05T10:00:00.000Z';
    expect(take({ content: 'Lake!', createdAt })).toMatchObject({
      lastSeq: 6,
      lastMessage: 'Lake!',
      lastMessageAt: createdAt,
      lastMessageUserName: 'Boris',
      unreadCount: 3,
      mentionCount: 1,
    });
  });

  test('of the user is not unread', () => {
    expect(take({ userId: 'anna', mentions: ['anna'] })).toMatchObject({ lastSeq: 6, unreadCount: 2, mentionCount: 1 });
  });

  test.each([{ mentions: ['vera', 'anna'] }, { everyone: true as const }])('with %o mentions the user', (mention) => {
    expect(take(mention).mentionCount).toBe(2);
  });

  test('that is here already counts once', () => {
    expect(take({ seq: 5, content: 'Again' })).toMatchObject({ lastSeq: 5, lastMessage: 'Again', unreadCount: 2 });
  });

  test('is shown with 300 characters at most, and no half of an emoji', () => {
    expect(take({ content: '😀'.repeat(400) }).lastMessage).toBe('😀'.repeat(300));
  });
});

test('an older message changes nothing', () => {
  expect(withMessage(chat, messageOf({ seq: 4 }), 'anna')).toBe(chat);
});

test.each([
  ['joined', { userId: 'vera', metadata: {} }, { participantIds: ['anna', 'boris', 'vera'] }],
  ['added', { metadata: { memberIds: ['vera', 'anna'] } }, { participantIds: ['boris', 'vera', 'anna'] }],
  ['removed', { metadata: { memberIds: ['anna'] } }, { participantIds: ['boris'] }],
  ['left', { userId: 'boris', metadata: { memberIds: ['anna'] } }, { participantIds: ['anna'] }],
  ['renamed', { metadata: { name: 'Hills' } }, { name: 'Hills' }],
  ['posting_changed', { metadata: { posting: 'admins' } }, { posting: 'admins', slowModeSeconds: 30 }],
  [
    'posting_changed',
    { metadata: { posting: 'everyone', slowModeSeconds: 0 } },
    { posting: undefined, slowModeSeconds: 0 },
  ],
] as const)('the event %s changes the chat itself', (event, { metadata, ...message }, expected) => {
  const system = { ...message, type: 'system' as const, metadata: { ...metadata, event } as Message['metadata'] };
  expect(take(system, { slowModeSeconds: 30 })).toMatchObject(expected);
});

test('a change of the newest message changes what the list shows; one of another message only counts', () => {
  const deleted = messageOf({ seq: 5, content: 'Message deleted', deletedAt: '2026-03-05T10:00:00.000Z' });
  expect(withChange(chat, deleted, 4)).toMatchObject({ lastMessageDeleted: true, lastRev: 4, unreadCount: 2 });
  expect(withChange(chat, messageOf({ seq: 4, content: 'Edited' }), 2)).toEqual(chat);
});

test('reading lowers what is unread, as far as can be told, and ends the mark as unread', () => {
  const marked = { ...chat, markedUnread: true as const };
  expect(withRead(marked, 5)).toMatchObject({ unreadCount: 0, mentionCount: 0, markedUnread: undefined });
  expect(withRead(marked, 4)).toMatchObject({ unreadCount: 1, mentionCount: 1, markedUnread: undefined });
  expect(withRead(marked, 1)).toMatchObject({ unreadCount: 2, mentionCount: 1 });
});

describe('the list is behind', () => {
  const { id: chatId, lastSeq, lastRev, epoch, unreadCount, mentionCount } = chat;
  const same = { chatId, lastSeq, lastRev, epoch, unreadCount, mentionCount, readSeq: 3 };
  test.each([
    [true, 'more messages', { lastSeq: 6 }, false],
    [true, 'more changes', { lastRev: 4 }, false],
    [true, 'another table', { epoch: 'restored' }, false],
    [true, 'fewer unread messages', { unreadCount: 1 }, false],
    [true, 'another number of mentions', { mentionCount: 0 }, false],
    [true, 'a mark as unread', { markedUnread: true as const }, false],
    [true, 'another level of notifications', { notifications: { level: 'none' as const } }, true],
    [
      true,
      'a time until which the chat is muted',
      { notifications: { level: 'all' as const, mutedUntil: '2026' } },
      false,
    ],
    [true, 'another place in the list', { place: { pinned: true, archived: false } }, true],
    [false, 'the same settings, given in full', { notifications: { level: 'all' as const } }, false],
    [false, 'the same numbers', {}, false],
    [false, 'fewer messages', { lastSeq: 4, unreadCount: 1 }, false],
    [false, 'fewer changes', { lastRev: 2 }, false],
    [false, 'other unread messages of the open chat', { unreadCount: 0 }, true],
  ])('%s: the server has %s', (expected, _what, numbers, isOpen) => {
    expect(isBehind(chat, { ...same, ...numbers }, isOpen)).toBe(expected);
  });
});
