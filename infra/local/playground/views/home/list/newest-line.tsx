import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import { readByOthers } from '../../../state/open/reading.ts';
import { useApp } from '../../context.ts';
import { placeholderOf } from '../../files/shown-file.ts';
import { newestParts } from '../../message-words.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { typingText } from '../../people-words.ts';

type Placeholder = NonNullable<NonNullable<Message['metadata']>['placeholder']>;

const placeholderIcons: Readonly<Record<Placeholder, IconName>> = {
  photo: 'picture',
  video: 'video',
  voice: 'microphone',
  audio: 'play',
  file: 'file',
};

interface LineProps {
  chat: Chat;
  store: ChatStore;
}

/** Who is typing, what the user has not sent yet, or the newest message. The open chat knows its newest message at once. */
export function NewestLine({ chat, store }: LineProps) {
  const { texts } = useApp();
  const { open, userId } = store;
  const isOpen = chat.id === open?.chat.id;
  const typing = typingText(chat, store, texts);
  if (typing)
    return (
      <small class="typing">
        <span>{typing}</span>
        <span class="dots" aria-hidden="true" />
      </small>
    );
  const { outbox, text } = store.unsent.in(chat.id);
  const unsent = isOpen ? undefined : outbox.all.at(-1);
  if (unsent)
    return (
      <small>{texts.delivery.unsent(unsent.content || texts.files.placeholders[placeholderOf(unsent.files)])}</small>
    );
  if (!isOpen && text.trim())
    return (
      <small>
        <span class="draft-label">{texts.home.draft}</span> {text}
      </small>
    );
  const message = isOpen ? open.realtime.reader.messages.at(-1) : undefined;
  const newest = message && { ...message, isDeleted: open?.isDeleted(message) === true };
  const { author, words, placeholder } = newestParts(chat, newest, userId, texts);
  return (
    <small>
      {author && <span class="author">{author}: </span>}
      {placeholder && <Icon name={placeholderIcons[placeholder]} />}
      {words}
    </small>
  );
}

/** Whether others have read the user's own newest message, as far as known. */
export function Tick({ chat, store }: LineProps) {
  const { texts } = useApp();
  const { open, userId } = store;
  const isOpen = chat.id === open?.chat.id;
  const newest = isOpen ? open?.realtime.reader.messages.at(-1) : undefined;
  const { type, userId: author, seq } = newest ?? ownNewest(chat);
  if (type !== 'text' || author !== userId) return null;
  const isRead = hasBeenRead(store, chat.id, seq);
  if (isRead === undefined) return null;
  return (
    <span
      class={isRead ? 'tick read' : 'tick'}
      role="img"
      aria-label={isRead ? texts.delivery.read : texts.delivery.sent}
    >
      <Icon name={isRead ? 'read' : 'check'} />
    </span>
  );
}

/** As the open chat knows it itself, or as the list has heard. */
function hasBeenRead({ open, othersReads }: ChatStore, chatId: string, seq: number): boolean | undefined {
  const upTo = open?.chat.id === chatId ? readByOthers(open) : 0;
  return upTo >= seq || (othersReads.hasRead(chatId, seq) ?? (upTo > 0 ? false : undefined));
}

const ownNewest = ({ lastMessageType: type, lastMessageUserId: userId, lastSeq: seq }: Chat) => ({ type, userId, seq });
