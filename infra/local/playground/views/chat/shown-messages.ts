import type { Message } from '#shared/contract/chats/message.ts';
import type { ShownReaction } from '../../state/changes/shown-reactions.ts';
import { everyone, type Named, namesIn } from '../../state/mentions.ts';
import { readByOthers } from '../../state/open/reading.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import type { Texts } from '../../texts/en/index.ts';
import { type NameOf, systemText } from '../message-words.ts';

/** A message with everything that its row depends on, except the language. */
export interface ShownMessage {
  message: Message;
  mine: boolean;
  avatarUrl: string | undefined;
  /** Whether it is the first message of its day. */
  newDay: boolean;
  /** The day on which the first message of a day is shown, as `toDateString` writes it: its separator may say "Today". */
  today: string;
  /** Whether the messages from here on were unread when the chat was opened. */
  firstUnread: boolean;
  /** Whether its author is named: not the user, nor the other one in a direct chat. */
  named: boolean;
  /** Whether it continues the message before, so that it needs no name, and whether the next one continues it. */
  follows: boolean;
  goesOn: boolean;
  /** The names of the people whom it mentions, and those by which it mentions the user, one a line. */
  mentioned: string;
  mentionedMe: string;
  /** Whether the assistant suggests a meeting that nobody has created since. */
  meets: boolean;
  /** What has become of a message of the user's own. */
  delivery: 'sent' | 'read' | undefined;
  /** The reactions to it, with the user's own that are not stored yet. */
  reactions: readonly ShownReaction[];
  /** What is going on with a message that the user has deleted. */
  deletion: 'undoable' | 'sent' | undefined;
  /** The text of a system message, or the question of an answer, in the user's language. */
  words: string;
  /** Who asked that question: "Anna asked". */
  asker: string;
}

export function shownMessages(open: OpenChat, userId: string, texts: Texts): ShownMessage[] {
  const { messages } = open.timeline;
  const [readUpTo, newFrom] = [readByOthers(open), open.realtime.unread.first];
  const nameOf = (id: string) => open.nameOf(id);
  const lastMeeting = messages.findLast(({ metadata }) => metadata?.meetUrl)?.seq ?? 0;
  const today = new Date().toDateString();
  const isDirect = open.chat.type === 'direct';
  return messages.map((message, n) => {
    const [before, after] = [messages[n - 1], messages[n + 1]];
    const newDay = before === undefined || dayOf(before) !== dayOf(message);
    const mine = message.userId === userId;
    const isSystem = message.type === 'system';
    return {
      message,
      mine,
      named: !mine && !isSystem && !(isDirect && message.type === 'text'),
      avatarUrl: open.members.avatarOf(message.userId),
      newDay,
      today: newDay ? today : '',
      firstUnread: message.seq === newFrom,
      follows: message.seq !== newFrom && continues(message, before),
      goesOn: after?.seq !== newFrom && continues(after, message),
      ...mentionsOf(message, userId, nameOf),
      meets: message.metadata?.suggestMeet === true && message.seq > lastMeeting,
      delivery: mine && message.type === 'text' ? (message.seq <= readUpTo ? 'read' : 'sent') : undefined,
      reactions: open.reactions.of(message),
      deletion: open.deletions.stateOf(message.id),
      words: isSystem ? systemText(message, texts, nameOf) : (message.metadata?.question ?? ''),
      asker: askerText(message, userId, texts, nameOf),
    };
  });
}

type Mentions = Pick<ShownMessage, 'mentioned' | 'mentionedMe'>;

/** A message of the user's own does not mention them. Everyone is a mention of the user too. */
function mentionsOf(message: Message, userId: string, nameOf: NameOf): Mentions {
  const named = namesIn(message, nameOf);
  const isMe = ({ id }: Named) => message.userId !== userId && (id === userId || id === everyone);
  const names = (some: Named[]) => some.map(({ name }) => name).join('\n');
  return { mentioned: names(named.filter((one) => !isMe(one))), mentionedMe: names(named.filter(isMe)) };
}

function askerText({ metadata = {} }: Message, userId: string, texts: Texts, nameOf: NameOf): string {
  const { question, askedBy } = metadata;
  if (question === undefined) return '';
  return askedBy === undefined || askedBy === userId
    ? texts.chat.youAsked
    : texts.chat.askedBy(nameOf(askedBy) ?? texts.people.somebody);
}

/** Messages of one author that are further apart do not belong together. Milliseconds. */
const runMs = 5 * 60_000;

function continues(message: Message | undefined, before: Message | undefined): boolean {
  if (!message || !before || message.type === 'system') return false;
  const isSoon = Date.parse(message.createdAt) - Date.parse(before.createdAt) < runMs;
  return isSoon && before.userId === message.userId && before.type === message.type && dayOf(before) === dayOf(message);
}

/** Cached, because formatting a date costs more than the rest of a row. */
const days = new WeakMap<Message, string>();

/** The day of a message in the user's time zone. */
function dayOf(message: Message): string {
  const day = days.get(message) ?? new Date(message.createdAt).toDateString();
  days.set(message, day);
  return day;
}
