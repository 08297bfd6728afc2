import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import type { Texts } from '../texts/en/index.ts';
import { fill, isolated } from '../texts/fill.ts';

/** A message, or what the list of chats says about the newest one. */
type Described = Pick<Message, 'type' | 'userId' | 'userName' | 'userDeleted' | 'content' | 'metadata'>;

type Author = Pick<Message, 'userId' | 'userName' | 'userDeleted'>;

/** The name of a user whom the page knows. */
export type NameOf = (userId: string) => string | undefined;

export function authorName({ userId, userName, userDeleted }: Author, texts: Texts): string {
  if (userId === assistantId) return texts.people.assistant;
  if (userId === operatorId) return texts.people.administration;
  return userDeleted ? texts.people.deletedUser : userName;
}

/** The chat's name; in a direct chat that of the other person, whose account may be gone. */
export const chatName = ({ name, userDeleted }: Chat, texts: Texts): string =>
  userDeleted ? texts.people.deletedUser : name;

/** Whose colour a chat has: in a direct chat that of the other person, in a group its own. */
export const avatarId = ({ id, type, participantIds }: Chat, userId: string): string =>
  (type === 'direct' && participantIds.find((participant) => participant !== userId)) || id;

/** What is left of a deleted message, in the user's language. The question of an answer is gone, and with it who asked. */
export const deletedText = ({ type, userId, deletedBy, reason }: Message, texts: Texts): string => {
  const byOther = type === 'text' && deletedBy !== undefined && deletedBy !== userId;
  if (deletedBy === operatorId) return texts.message.deletedByOperator;
  const words = byOther ? texts.message.deletedByAdmin : texts.message.messageDeleted;
  return reason ? `${words}: ${isolated(reason)}` : words;
};

/** The text of a message, or of what kind its files are: the server says that in its own language. */
export const contentText = ({ content, metadata }: Pick<Message, 'content' | 'metadata'>, { files }: Texts): string =>
  metadata?.placeholder ? files.placeholders[metadata.placeholder] : content;

/** A system message in the user's language, or in the server's words if this page does not know its kind. */
export function systemText(message: Described, texts: Texts, nameOf: NameOf): string {
  const { userId, content, metadata = {} } = message;
  const { event, name = '', role = 'member', text = '' } = metadata;
  const template = event && texts.systemMessages[event === 'left' && metadata.memberIds ? 'left_to' : event];
  if (!template) return content;
  const actor = message.userDeleted ? authorName(message, texts) : (nameOf(userId) ?? authorName(message, texts));
  const members = memberNames(metadata, texts, nameOf).map(isolated).join(', ');
  const rules = writingRules(metadata, texts);
  return fill(template, {
    actor: isolated(actor),
    members,
    name: isolated(name),
    role: texts.roles[role],
    rules,
    text,
  });
}

/** What has changed about who may write in a group and how often, separated by commas. */
function writingRules({ posting, slowModeSeconds }: NonNullable<Message['metadata']>, { writing }: Texts): string {
  const slow = slowModeSeconds === undefined ? undefined : slowMode(slowModeSeconds, writing);
  return [posting && writing[posting], slow].filter(Boolean).join(', ');
}

/** The seconds in the largest unit that divides them: 90 are seconds, 120 are minutes. */
function slowMode(seconds: number, writing: Texts['writing']): string {
  if (seconds === 0) return writing.slow_off;
  if (seconds % 3600 === 0) return fill(writing.slow_hours, { count: seconds / 3600 });
  if (seconds % 60 === 0) return fill(writing.slow_minutes, { count: seconds / 60 });
  return fill(writing.slow_seconds, { count: seconds });
}

function memberNames(
  { memberIds = [], memberNames = [], deletedMemberIds = [] }: NonNullable<Message['metadata']>,
  texts: Texts,
  nameOf: NameOf,
): string[] {
  return memberIds.map((id, n) =>
    deletedMemberIds.includes(id) ? texts.people.deletedUser : (memberNames[n] ?? nameOf(id) ?? texts.people.somebody),
  );
}

/** A message as the list of chats shows it. */
interface Newest extends Described {
  isDeleted: boolean;
}

/** What the list of chats shows of the newest message. */
interface NewestParts {
  /** Undefined where there is no doubt who has written. */
  author?: string;
  words: string;
  /** What the words stand for, if the message has files without a text. */
  placeholder?: NonNullable<Message['metadata']>['placeholder'];
}

/** The newest message as the list of chats shows it. */
export function newestParts(chat: Chat, message: Newest | undefined, userId: string, texts: Texts): NewestParts {
  const { lastMessage = '' } = chat;
  const newest = message ?? newestOf(chat);
  if (!newest) return { words: lastMessage || texts.chat.empty };
  if (newest.type === 'system') return { words: systemText(newest, texts, () => undefined) };
  const what = newest.isDeleted
    ? { words: texts.message.messageDeleted }
    : { words: contentText(newest, texts), placeholder: newest.metadata?.placeholder };
  const isOther = chat.type === 'direct' && newest.type === 'text' && newest.userId !== userId;
  if (isOther) return what;
  return { ...what, author: newest.userId === userId ? texts.people.you : isolated(authorName(newest, texts)) };
}

function newestOf(chat: Chat): Newest | undefined {
  const { lastMessageType: type, lastMessageUserId: userId = '', lastMessageUserName: userName = '' } = chat;
  const { lastMessage: content = '', lastMessageUserDeleted: userDeleted, lastMessageMetadata: metadata } = chat;
  const isDeleted = chat.lastMessageDeleted === true;
  return type && { type, userId, userName, userDeleted, content, metadata, isDeleted };
}
