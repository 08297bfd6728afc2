import { Component } from 'preact';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { ChatStore } from '../../state/chat-store.ts';
import type { Texts } from '../../texts/en.ts';
import { chatAddress } from '../address.ts';
import { useApp } from '../context.ts';
import { shortTime } from '../day-text.ts';
import { avatarId, chatName, newestText } from '../message-words.ts';
import { Avatar } from '../parts/avatar.tsx';

/** The user's chats, each with its newest message and its number of unread ones. */
export function ChatList({ store }: { store: ChatStore }) {
  const { texts } = useApp();
  return (
    <ul class="chats" aria-label={texts.chats}>
      {store.all?.map((chat) => (
        <ChatRow key={chat.id} chat={chat} store={store} />
      ))}
      {!store.all && <li class="empty">{texts.loading}</li>}
      {store.all?.length === 0 && <li class="empty">{texts.noChats}</li>}
    </ul>
  );
}

function ChatRow({ chat, store }: { chat: Chat; store: ChatStore }) {
  const { texts } = useApp();
  const isOpen = chat.id === store.open?.chat.id;
  const unread = isOpen ? 0 : chat.unreadCount;
  const newest = isOpen ? store.open?.realtime.reader.messages.at(-1) : undefined;
  const name = chatName(chat, texts);
  return (
    <li>
      <a href={chatAddress(chat.id)} aria-current={isOpen}>
        <Avatar id={avatarId(chat, store.userId)} name={name} />
        <span class="about">
          <strong>{name}</strong>
          <NewestMessage chat={chat} store={store} />
        </span>
        <span class="aside">
          <NewestTime time={newest?.createdAt ?? chat.lastMessageAt} today={new Date().toDateString()} texts={texts} />
          {!isOpen && chat.mentionCount > 0 && (
            <span class="badge" role="img" aria-label={texts.mentions(chat.mentionCount)}>
              @{chat.mentionCount > 1 && chat.mentionCount}
            </span>
          )}
          {unread > 0 && (
            <span class="badge" role="img" aria-label={texts.unread(unread)}>
              {unread}
            </span>
          )}
        </span>
      </a>
    </li>
  );
}

interface TimeProps {
  time: string;
  today: string;
  texts: Texts;
}

/** Formats again only what has changed: the list renders with each message. */
class NewestTime extends Component<TimeProps> {
  override shouldComponentUpdate({ time, today, texts }: TimeProps): boolean {
    const { props } = this;
    return time !== props.time || today !== props.today || texts !== props.texts;
  }

  override render({ time, today, texts }: TimeProps) {
    return <time dateTime={time}>{shortTime(new Date(time), today, texts)}</time>;
  }
}

/** The open chat knows its newest message at once. In the other chats, unsent messages may be waiting. */
function NewestMessage({ chat, store }: { chat: Chat; store: ChatStore }) {
  const { texts } = useApp();
  const { open, userId } = store;
  const isOpen = chat.id === open?.chat.id;
  const unsent = isOpen ? undefined : store.unsent.in(chat.id).outbox.all.at(-1);
  if (unsent) return <small>{texts.unsent(unsent.content)}</small>;
  const message = isOpen ? open.realtime.reader.messages.at(-1) : undefined;
  const newest = message && { ...message, isDeleted: open?.isDeleted(message) === true };
  return <small>{newestText(chat, newest, userId, texts)}</small>;
}
