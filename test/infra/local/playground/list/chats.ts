import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';

/** Chats and messages for the tests of the list. */

export const chatOf = (fields: Partial<Chat>): Chat => ({
  id: 'lake',
  name: 'Lake',
  type: 'group',
  participantIds: ['anna', 'boris'],
  createdAt: '2026-03-05T09:00:00.000Z',
  lastMessageAt: '2026-03-05T09:00:00.000Z',
  lastMessage: 'Hello',
  lastSeq: 1,
  unreadCount: 0,
  lastRev: 0,
  epoch: 'epoch',
  mentionCount: 0,
  ...fields,
});

export const messageOf = (fields: Partial<Message>): Message => ({
  id: `message-${fields.seq}`,
  chatId: 'lake',
  userId: 'boris',
  userName: 'Boris',
  content: 'Hello',
  type: 'text',
  createdAt: '2026-03-05T09:30:00.000Z',
  seq: 1,
  ...fields,
});
