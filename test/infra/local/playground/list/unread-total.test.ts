import { expect, test } from 'vitest';
import { unreadTotal } from '../../../../../infra/local/playground/state/list/unread-total.ts';

const now = Date.parse('2026-03-05T09:00:00.000Z');
const unread = { unreadCount: 3, mentionCount: 1 };
const read = { unreadCount: 0, mentionCount: 0 };

test.each([
  ['all that is unread', [unread, unread, read], 6],
  ['nothing of a muted chat', [{ ...unread, notifications: { level: 'none' } as const }], 0],
  [
    'nothing of a chat that is muted for a while',
    [{ ...unread, notifications: { level: 'all', mutedUntil: '2026-03-05T09:00:01.000Z' } as const }],
    0,
  ],
  [
    'all of one that was muted for a while',
    [{ ...unread, notifications: { level: 'all', mutedUntil: '2026-03-05T08:00:00.000Z' } as const }],
    3,
  ],
  ['the mentions where only they notify', [{ ...unread, notifications: { level: 'mentions' } as const }], 1],
  ['a marked chat once', [{ ...read, markedUnread: true as const }], 1],
  ['a marked chat with unread messages as these', [{ ...unread, markedUnread: true as const }], 3],
  [
    'nothing of a muted chat that is marked',
    [{ ...read, markedUnread: true as const, notifications: { level: 'none' } as const }],
    0,
  ],
])('counts %s', (_what, chats, total) => {
  expect(unreadTotal(chats, now)).toBe(total);
});
