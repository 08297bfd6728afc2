import { Component } from 'preact';
import { useId } from 'preact/hooks';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { chatAddress } from '../../address.ts';
import { useApp } from '../../context.ts';
import { shortTime } from '../../day-text.ts';
import { avatarId, chatName } from '../../message-words.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Mark } from '../../parts/mark.tsx';
import { NewestLine, Tick } from './newest-line.tsx';
import { MutedMark, UnreadBadges } from './unread-badges.tsx';

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
          <span class="line">
            <span class="name">
              <strong id={nameId}>{name}</strong>
              <MutedMark chat={chat} />
            </span>
            <span class="when">
              <Tick chat={chat} store={store} />
              <NewestTime
                time={newest?.createdAt ?? chat.lastMessageAt}
                today={new Date().toDateString()}
                texts={texts}
              />
            </span>
          </span>
          <span class="line">
            <NewestLine chat={chat} store={store} />
            <span class="badges">
              {chat.place?.pinned && <Mark class="mark" icon="pin" label={texts.pinned} />}
              {!isOpen && <UnreadBadges chat={chat} />}
            </span>
          </span>
        </span>
        {isOnline(chat, store) && <span class="online" role="img" aria-label={texts.people.online} />}
      </a>
      <button
        type="button"
        class="opens-actions"
        aria-label={texts.home.chatMenu}
        aria-describedby={nameId}
        aria-haspopup="dialog"
      >
        <Icon name="more" />
      </button>
    </li>
  );
}

/** Only of the open chat is it known who is online. */
const isOnline = ({ id, type }: Chat, { open, userId }: ChatStore): boolean =>
  type === 'direct' &&
  open?.chat.id === id &&
  open.details.presence.users.some((user) => user.userId !== userId && user.connected);

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
