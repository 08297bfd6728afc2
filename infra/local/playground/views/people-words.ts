import type { Chat } from '#shared/contract/chats/chat.ts';
import type { ChatStore } from '../state/chat-store.ts';
import type { OpenChat } from '../state/open-chat.ts';
import type { Texts } from '../texts/en/index.ts';
import { isolated } from '../texts/fill.ts';
import { lastSeenAt } from './day-text.ts';

/** "Anna is typing", or nothing. */
export function typingText(chat: Chat, store: ChatStore, texts: Texts): string {
  const names = store.typing.in(chat.id).map((userId) => isolated(store.nameIn(chat, userId) || texts.somebody));
  return names.length > 0 ? texts.isTyping(names) : '';
}

/** Whether the other person is online, or how many are; `now` is in milliseconds since the epoch. */
export function presenceText({ chat, details: { presence }, userId }: OpenChat, now: number, texts: Texts): string {
  const { type, participantIds } = chat;
  if (type === 'direct') {
    const { connected, lastSeen } = presence.users.find((user) => user.userId !== userId) ?? {};
    if (connected) return texts.online;
    return lastSeen === undefined ? texts.directChat : texts.lastSeen(lastSeenAt(new Date(lastSeen), now, texts));
  }
  const online = presence.users.filter(({ connected }) => connected).length;
  const count = texts.participants(participantIds.length);
  return online > 0 ? `${count}, ${texts.onlineCount(online)}` : count;
}
