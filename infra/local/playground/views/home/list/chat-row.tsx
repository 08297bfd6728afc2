import { Component } from 'preact';
import { useId } from 'preact/hooks';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { chatAddress } from '../../address.ts';
import { useApp } from '../../context.ts';
import { shortTime } from '../../day-text.ts';
import { placeholderOf } from '../../files/shown-file.ts';
import { avatarId, chatName, newestText } from '../../message-words.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Icon } from '../../parts/icon.tsx';
import { typingText } from '../../people-words.ts';
import { ChatMarks, UnreadBadges } from './unread-badges.tsx';

/** A chat with its newest message and its number of unread ones. */
export function ChatRow({ chat, store }: { chat: Chat; store: ChatStore }) {
  const { texts } = useApp();
  const nameId = useId();
  const isOpen = chat.id === store.open?.chat.id;
  const newest = isOpen ? store.open?.realtime.reader.messages.at(-1) : undefined;
  const name = chatName(chat, texts);
  return (
    <li data-chat={chat.id}>
      <a href={chatAddress(chat.id)} aria-current={isOpen}>
        <Avatar id={avatarId(chat, store.userId)} name={name} url={chat.pictureUrl} />
        <span class="about">
          <strong id={nameId}>{name}</strong>
          <NewestMessage chat={chat} store={store} />
        </span>
        <span class="aside">
          <span class="when">
            <ChatMarks chat={chat} />
            <NewestTime
              time={newest?.createdAt ?? chat.lastMessageAt}
              today={new Date().toDateString()}
              texts={texts}
            />
          </span>
          {!isOpen && <UnreadBadges chat={chat} />}
        </span>
      </a>
      <button
        type="button"
        class="opens-actions"
        aria-label={texts.chatMenu}
        aria-describedby={nameId}
        aria-haspopup="dialog"
      >
        <Icon name="more" />
      </button>
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
  const typing = typingText(chat, store, texts);
  if (typing) return <small class="typing">{typing}</small>;
  const unsent = isOpen ? undefined : store.unsent.in(chat.id).outbox.all.at(-1);
  if (unsent)
    return <small>{texts.unsent(unsent.content || texts.files.placeholders[placeholderOf(unsent.files)])}</small>;
  const message = isOpen ? open.realtime.reader.messages.at(-1) : undefined;
  const newest = message && { ...message, isDeleted: open?.isDeleted(message) === true };
  return <small>{newestText(chat, newest, userId, texts)}</small>;
}
