import type { Message } from '../../../shared/contract/messages.ts';
import { avatar, button, el, type Row } from './dom.ts';
import type { Outgoing } from './outbox.ts';
import type { Texts } from './texts/en.ts';

/** What the rows of a chat are made from. */
interface Shown {
  texts: Texts;
  userId: string;
  /** Of a user who has written nothing yet. */
  nameOf(userId: string): string | undefined;
  /** Up to where somebody else has read. */
  readSeq: number;
  onRetry(clientId: string): void;
  onMeet(): void;
}

const timeOf = (texts: Texts, at: string, style: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(texts.language, style).format(new Date(at));
const hours = { hour: '2-digit', minute: '2-digit' } as const;
const date = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** Messages, with the day above the first of each, and what my last one has come to. */
export function messageRows(messages: Message[], shown: Shown): Row[] {
  const lastOfMine = messages.findLast(({ userId, type }) => userId === shown.userId && type === 'text');
  return messages.flatMap((message, n) => {
    const day = timeOf(shown.texts, message.createdAt, date);
    const before = messages[n - 1];
    const sameDay = before && timeOf(shown.texts, before.createdAt, date) === day;
    const follows = sameDay && before.userId === message.userId && before.type === message.type;
    const state = message === lastOfMine && (message.seq <= shown.readSeq ? shown.texts.read : shown.texts.sent);
    const row = {
      key: `message ${message.seq}`,
      version: `${follows} ${state} ${message.type === 'system' && eventWords(message, shown)}`,
      make: () => messageElement(message, { follows: follows === true, state: state || undefined }, shown),
    };
    const days = { key: `day ${day}`, version: '', make: () => el('div', { className: 'day' }, day) };
    return sameDay ? [row] : [days, row];
  });
}

function messageElement(
  message: Message,
  { follows, state }: { follows: boolean; state: string | undefined },
  shown: Shown,
) {
  const { texts } = shown;
  const { metadata = {} } = message;
  const element = el('div');
  element.dataset.seq = String(message.seq);
  if (message.type === 'system') {
    element.className = 'system';
    element.append(eventWords(message, shown), meetLink(metadata.meetUrl, texts));
    return element;
  }
  const mine = message.userId === shown.userId;
  element.className = `message ${mine ? 'mine' : 'theirs'} ${follows ? 'follows' : ''} ${message.type}`;
  const at = el('time', { dateTime: message.createdAt }, timeOf(texts, message.createdAt, hours));
  const asker = metadata.askedBy === shown.userId ? undefined : shown.nameOf(metadata.askedBy ?? '');
  element.append(
    avatar(message.userId, message.userName),
    el(
      'div',
      { className: 'bubble' },
      el('strong', { className: mine || follows ? 'hidden' : '' }, message.userName),
      metadata.question !== undefined &&
        el('blockquote', {}, asker ? `${texts.askedBy(asker)}: ${metadata.question}` : metadata.question),
      el('p', {}, message.content),
      meetLink(metadata.meetUrl, texts),
      metadata.suggestMeet && button(texts.createMeeting, shown.onMeet),
      el('small', {}, at, state ? ` · ${state}` : ''),
    ),
  );
  return element;
}

/** A link that somebody sent is only ever one to a web page. */
function meetLink(url: string | undefined, texts: Texts): Node | string {
  if (!url || !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return '';
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer', className: 'meet' }, texts.joinMeeting);
}

/** A system message in the user's language. */
function eventWords({ content, userId, userName, metadata = {} }: Message, { texts, nameOf }: Shown): string {
  const { event, memberIds = [], name = '', role = 'member' } = metadata;
  if (!event) return content;
  const members = memberIds.map((id) => nameOf(id) ?? texts.somebody).join(', ');
  return texts.events[event](nameOf(userId) ?? userName, members, name, texts.roles[role]);
}

/** An answer that is still being written. */
export const draftRow = (id: string, name: string, content: string, texts: Texts): Row => ({
  key: `draft ${id}`,
  version: content,
  make: () =>
    el(
      'div',
      { className: 'message theirs ai draft' },
      avatar(name, name),
      el('div', { className: 'bubble' }, el('strong', {}, name), el('p', {}, content), el('small', {}, texts.typing)),
    ),
});

/** A message of mine that isn't in the chat yet. */
export const outgoingRow = ({ clientId, content, state, code = '' }: Outgoing, { texts, onRetry }: Shown): Row => ({
  key: `outgoing ${clientId}`,
  version: state,
  make: () => {
    const why = el('small', {}, state === 'failed' ? texts.failed(texts.problems[code] ?? '') : texts.sending);
    if (state === 'failed')
      why.append(
        ' ',
        button(texts.retry, () => onRetry(clientId)),
      );
    return el(
      'div',
      { className: `message mine outgoing ${state}` },
      el('div', { className: 'bubble' }, el('p', {}, content), why),
    );
  },
});
