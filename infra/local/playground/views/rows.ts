import type { Message } from '#shared/contract/chats/message.ts';
import type { Outgoing } from '../client/outbox.ts';
import type { Texts } from '../texts/en.ts';
import { avatar, button, el } from './dom.ts';
import type { Row } from './row-list.ts';

/** What the rows of a chat are made from. */
export interface Shown {
  texts: Texts;
  userId: string;
  /** The name of a participant, if it is known: they may have written nothing yet. */
  nameOf(userId: string): string | undefined;
  /** Up to where somebody else has read. */
  readSeq: number;
  onRetry(clientId: string): void;
  onMeet(): unknown;
}

/** Messages, with the day above the first of each, and what my last one has come to. */
export function messageRows(messages: readonly Message[], shown: Shown): Row[] {
  const lastOfMine = messages.findLast(({ userId, type }) => userId === shown.userId && type === 'text');
  return messages.flatMap((message, n) => {
    const before = messages[n - 1];
    const sameDay = before !== undefined && dayOf(before) === dayOf(message);
    const follows = sameDay && before.userId === message.userId && before.type === message.type;
    const state = message === lastOfMine && (message.seq <= shown.readSeq ? shown.texts.read : shown.texts.sent);
    const words = message.type === 'system' ? eventWords(message, shown) : questionWords(message, shown);
    const row = {
      key: `message ${message.seq}`,
      version: `${follows} ${state} ${words}`,
      make: () =>
        message.type === 'system'
          ? systemElement(message, words, shown.texts)
          : messageElement(message, { follows, state: state || '', question: words }, shown),
    };
    return sameDay ? [row] : [dayRow(message, shown.texts), row];
  });
}

/** The day of a message where the user is. Worked out once: that costs more than all else that is done for each row. */
const days = new WeakMap<Message, string>();

function dayOf(message: Message): string {
  const day = days.get(message) ?? new Date(message.createdAt).toDateString();
  days.set(message, day);
  return day;
}

const dayRow = (message: Message, { date }: Texts): Row => ({
  key: `day ${dayOf(message)}`,
  version: '',
  make: () => el('div', { className: 'day' }, date.format(new Date(message.createdAt))),
});

function systemElement({ seq, metadata }: Message, words: string, texts: Texts): HTMLElement {
  const element = el('div', { className: 'system' }, words, meetLink(metadata?.meetUrl, texts));
  element.dataset.seq = String(seq);
  return element;
}

function messageElement(
  message: Message,
  { follows, state, question }: { follows: boolean; state: string; question: string },
  { texts, userId, onMeet }: Shown,
): HTMLElement {
  const { metadata = {}, createdAt } = message;
  const name = message.type === 'ai' ? texts.assistant : message.userName;
  const mine = message.userId === userId;
  const at = el('time', { dateTime: createdAt }, texts.time.format(new Date(createdAt)));
  const bubble = el(
    'div',
    { className: 'bubble' },
    el('strong', { className: mine || follows ? 'hidden' : '' }, name),
    question !== '' && el('blockquote', {}, question),
    el('p', {}, message.content),
    meetLink(metadata.meetUrl, texts),
    metadata.suggestMeet && button(texts.createMeeting, onMeet),
    el('small', {}, at, state && ` · ${state}`),
  );
  const className = `message ${mine ? 'mine' : 'theirs'} ${follows ? 'follows' : ''} ${message.type}`;
  const element = el('div', { className }, avatar(message.userId, name), bubble);
  element.dataset.seq = String(message.seq);
  return element;
}

/** A link that somebody sent is only ever one to a web page. */
function meetLink(url: string | undefined, texts: Texts): Node | string {
  if (!url || !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return '';
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer', className: 'meet' }, texts.joinMeeting);
}

/** A system message in the user's language; one that is newer than this page in the server's words. */
function eventWords({ content, userId, userName, metadata = {} }: Message, { texts, nameOf }: Shown): string {
  const { event, memberIds = [], name = '', role = 'member' } = metadata;
  const words = event && texts.events[event];
  if (!words) return content;
  const members = memberIds.map((id) => nameOf(id) ?? texts.somebody).join(', ');
  return words(nameOf(userId) ?? userName, members, name, texts.roles[role]);
}

/** What an answer answers. */
function questionWords({ metadata = {} }: Message, { texts, userId, nameOf }: Shown): string {
  const { question = '', askedBy } = metadata;
  const asker = askedBy === undefined || askedBy === userId ? undefined : nameOf(askedBy);
  return asker ? `${texts.askedBy(asker)}: ${question}` : question;
}

/** An answer that is still being written. It is read out when it is complete. */
export const draftRow = (id: string, content: string, { assistant, typing }: Texts): Row => ({
  key: `draft ${id}`,
  version: content,
  make: () =>
    el(
      'div',
      { className: 'message theirs ai draft', ariaLive: 'off' },
      avatar('assistant', assistant),
      el('div', { className: 'bubble' }, el('strong', {}, assistant), el('p', {}, content), el('small', {}, typing)),
    ),
});

/** A question that the assistant has not answered yet. */
export const questionRow = (key: string, question: string, texts: Texts): Row => ({
  key: `question ${key}`,
  version: '',
  make: () => upcoming('asking', question, el('small', {}, texts.asking)),
});

/** A message of mine that isn't in the chat yet. */
export const outgoingRow = (
  { clientId, content, state, code = '' }: Outgoing,
  { texts, onRetry }: Pick<Shown, 'texts' | 'onRetry'>,
): Row => ({
  key: `outgoing ${clientId}`,
  version: state,
  make: () => {
    if (state === 'sending') return upcoming(state, content, el('small', {}, texts.sending));
    const retry = button(texts.retry, () => onRetry(clientId));
    return upcoming(state, content, el('small', {}, `${texts.failed(texts.problems[code] ?? '')} `, retry));
  },
});

const upcoming = (state: string, content: string, about: HTMLElement) =>
  el(
    'div',
    { className: `message mine outgoing ${state}` },
    el('div', { className: 'bubble' }, el('p', {}, content), about),
  );
