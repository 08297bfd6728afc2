import type { Chat } from '#shared/contract/chats/chat.ts';
import type { ChatStore } from '../state/chat-store.ts';
import type { PresentUser } from '../state/open/presence.ts';
import type { OpenChat } from '../state/open-chat.ts';
import type { Texts } from '../texts/en/index.ts';
import { isolated } from '../texts/fill.ts';
import { lastSeenAt } from './day-text.ts';

/** "Anna is typing", or nothing. */
export function typingText(chat: Chat, store: ChatStore, texts: Texts): string {
  const names = store.typing.in(chat.id).map((userId) => isolated(store.nameIn(chat, userId) || texts.people.somebody));
  return names.length > 0 ? texts.people.isTyping(names) : '';
}

/** Whether somebody is online, or when they last were; empty if that is not known. */
export function seenText(user: PresentUser | undefined, now: number, texts: Texts): string {
  const { connected, lastSeen } = user ?? {};
  if (connected) return texts.people.online;
  return lastSeen === undefined ? '' : texts.people.lastSeen(lastSeenAt(new Date(lastSeen), now, texts));
}

/** Whether the other person is online, or how many are in a group; `now` is in milliseconds since the epoch. */
export function presenceText({ chat, details: { presence }, userId }: OpenChat, now: number, texts: Texts): string {
  const { type, participantIds } = chat;
  if (type === 'direct')
    return (
      seenText(
        presence.users.find((user) => user.userId !== userId),
        now,
        texts,
      ) || texts.chat.directChat
    );
  const online = presence.users.filter(({ connected }) => connected);
  const count = texts.info.participants(participantIds.length);
  // Users know that they themselves are online.
  const isAlone = online.every((user) => user.userId === userId);
  return isAlone ? count : `${count}, ${texts.people.onlineCount(online.length)}`;
}
