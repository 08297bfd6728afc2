import { placeholderOf } from '#shared/chats/messages/message-content.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import type { Language } from '#shared/contract/languages.ts';
import type { Chat } from '#shared/data/chats/chats.ts';
import type { Membership } from '#shared/data/chats/memberships.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import { mentionCount, unreadCount } from '#shared/data/chats/read-marks.ts';
import { nameOf } from '#shared/people/display-names.ts';
import { cut, escapedBytes } from '#shared/platform/cut.ts';
import { languageOf, textsIn } from '#shared/texts/in-language.ts';
import { type PushTexts, pushTexts } from '#shared/texts/push.ts';
import { isolated } from '#shared/texts/system-text.ts';
import type { Device } from './devices.ts';
import { mentions, type Recipient } from './recipients.ts';

/** What a device shows, and what its app needs to open the chat at the message. */
export interface Notification {
  title: string;
  body?: string;
  data: Record<'chatId' | 'seq' | 'rev' | 'unread' | 'type', string>;
}

/** Bytes as JSON: Firebase takes 4,096 for the whole message, and a phone shows only a few lines. */
const maxBytes = { title: 200, body: 1000 };
const ellipsis = '…';

/** The notification about these messages of a chat, none of which the device has got yet. */
export async function notificationOf(
  messages: StoredMessage[],
  { chat, membership, device, quoted }: About,
): Promise<Notification> {
  const newest = messages.at(-1) as StoredMessage;
  const words = await wordsOf(messages, newest, { chat, device });
  return {
    title: shortened(words.title, maxBytes.title),
    ...(words.body && { body: shortened(words.body, maxBytes.body) }),
    data: {
      chatId: chat.id,
      seq: String(newest.seq),
      rev: String(chat.rev ?? 0),
      unread: String(membership ? unreadIn(chat, membership) : 0),
      type: typeOf(messages, newest, { device, quoted }),
    },
  };
}

interface About {
  chat: Chat;
  membership: Recipient['membership'];
  device: Device;
  quoted: Map<number, StoredMessage>;
}

function shortened(text: string, max: number): string {
  const beginning = cut(text, max, escapedBytes);
  return beginning === text ? text : cut(text, max - Buffer.byteLength(ellipsis), escapedBytes) + ellipsis;
}

/** What the chat adds to the total of `GET /chats/unread`. Nobody who has muted the chat gets this far. */
const unreadIn = (chat: Chat, membership: Membership): number =>
  (membership.level === 'mentions' ? mentionCount : unreadCount)(chat.seq, membership, chat);

const systemTypes = {
  created: 'added',
  added: 'added',
  removed: 'removed',
  role_changed: 'role',
  announced: 'message',
};

/** "mention" if one of the messages mentions the user or replies to them. */
function typeOf(
  messages: StoredMessage[],
  { event, type }: StoredMessage,
  { device, quoted }: Pick<About, 'device' | 'quoted'>,
): string {
  if (type === 'system') return systemTypes[event as keyof typeof systemTypes];
  return messages.some((message) => mentions(message, device.userId, quoted)) ? 'mention' : 'message';
}

async function authorOf({ type, userId }: StoredMessage, language: Language): Promise<string> {
  if (type === 'ai') return textsIn[language].assistant;
  return userId === operatorId ? textsIn[language].operator : nameOf(userId);
}

async function wordsOf(
  messages: StoredMessage[],
  newest: StoredMessage,
  { chat, device }: Pick<About, 'chat' | 'device'>,
): Promise<{ title: string; body?: string }> {
  const language = languageOf(device.locale);
  const texts = pushTexts[language];
  const author = await authorOf(newest, language);
  const isDirect = chat.type === 'direct';
  const several = messages.length > 1 ? texts.newMessages(messages.length) : undefined;
  if (device.preview === 'none') return { title: several ?? texts.newMessage };
  const title = isDirect ? author : chat.name;
  if (several) return { title, body: several };
  const done = systemWords(newest, texts);
  if (done) return { title, body: done(isolated(author)) };
  const placeholder = placeholderOf(newest);
  const content = placeholder ? textsIn[language].placeholders[placeholder] : (newest.content ?? newest.text ?? '');
  const text = device.preview === 'name' ? texts.newMessage : content;
  return { title, body: isDirect ? text : `${isolated(author)}: ${text}` };
}

/** What a system message says to the user whom it is about. */
function systemWords({ event, role }: StoredMessage, push: PushTexts): ((who: string) => string) | undefined {
  if (event === 'created' || event === 'added') return push.added;
  if (event === 'removed') return push.removed;
  if (event === 'role_changed') return role === 'owner' ? push.madeOwner : push.madeAdmin;
  return undefined;
}
