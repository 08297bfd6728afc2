import type { Message } from '#shared/contract/chats/message.ts';
import type { Outgoing } from '../../../infra/local/playground/client/outbox.ts';
import type { Texts } from '../../../infra/local/playground/texts/en.ts';

/** What a prototype shows: everything that the message list of the web client depends on. */
export interface Props {
  messages: readonly Message[];
  outgoing: readonly Outgoing[];
  readSeq: number;
  userId: string;
  texts: Texts;
  nameOf(userId: string): string | undefined;
  onRetry(clientId: string): void;
  onMeet(): unknown;
}

/** Shows the list in an element, now and at each later call. */
export type Prototype = (root: HTMLElement) => (props: Props) => void;

/** One message as it is shown, worked out the same way for each prototype. */
export interface ShownMessage {
  message: Message;
  day: string | undefined;
  follows: boolean;
  state: string;
  words: string;
}

const days = new WeakMap<Message, string>();

function dayOf(message: Message): string {
  const day = days.get(message) ?? new Date(message.createdAt).toDateString();
  days.set(message, day);
  return day;
}

export function shownMessages({ messages, readSeq, userId, texts, nameOf }: Props): ShownMessage[] {
  const lastOfMine = messages.findLast((message) => message.userId === userId && message.type === 'text');
  return messages.map((message, n) => {
    const before = messages[n - 1];
    const sameDay = before !== undefined && dayOf(before) === dayOf(message);
    const state = message !== lastOfMine ? '' : message.seq <= readSeq ? texts.read : texts.sent;
    const { question = '', askedBy } = message.metadata ?? {};
    const asker = askedBy === undefined || askedBy === userId ? undefined : nameOf(askedBy);
    return {
      message,
      day: sameDay ? undefined : dayOf(message),
      follows: sameDay && before.userId === message.userId && before.type === message.type,
      state,
      words: message.type === 'system' ? message.content : asker ? `${texts.askedBy(asker)}: ${question}` : question,
    };
  });
}

export function initials(id: string, name: string): { colour: string; letters: string } {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? '');
  const sum = Array.from(id).reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 997, 7);
  return { colour: `avatar colour${sum % 8}`, letters: letters.slice(0, 2).join('').toUpperCase() };
}

export const isWebLink = (url: string | undefined): url is string =>
  url !== undefined && /^https?:$/.test(URL.parse(url)?.protocol ?? '');
