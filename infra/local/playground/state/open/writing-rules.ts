import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Role } from './membership.ts';

/** Who may write in a group, and how many seconds a member waits between two messages; 0 for not at all. */
export interface WritingRules {
  posting: 'everyone' | 'admins';
  slowModeSeconds: number;
  /** Nobody may write, not even those who lead the group. */
  locked: boolean;
}

/** The rules of a chat as the list says, with what newer messages report. */
export function writingRules(
  chat: Pick<Chat, 'posting' | 'slowModeSeconds' | 'locked' | 'lastSeq'>,
  messages: readonly Pick<Message, 'seq' | 'metadata'>[],
): WritingRules {
  const { posting = 'everyone', slowModeSeconds = 0, locked = false } = chat;
  const rules: WritingRules = { posting, slowModeSeconds, locked };
  for (const { seq, metadata } of messages) {
    if (seq <= chat.lastSeq) continue;
    if (metadata?.event === 'locked' || metadata?.event === 'unlocked') rules.locked = metadata.event === 'locked';
    if (metadata?.event !== 'posting_changed') continue;
    rules.posting = metadata.posting ?? rules.posting;
    rules.slowModeSeconds = metadata.slowModeSeconds ?? rules.slowModeSeconds;
  }
  return rules;
}

/** A chat with its messages and its roles, as far as they are known. */
interface WrittenChat {
  chat: Chat;
  userId: string;
  realtime: { reader: { messages: readonly Message[] }; state: { name: string } };
  blocks: { has(userId: string): boolean | undefined };
  roleOf(userId: string): Role | undefined;
}

export const rulesOf = ({ chat, realtime }: WrittenChat): WritingRules => writingRules(chat, realtime.reader.messages);

/** Whom the user has blocked, as far as known, if that is why this direct chat has ended. */
export function blockedIn({ chat, userId, realtime, blocks }: WrittenChat): string | undefined {
  if (chat.type !== 'direct' || realtime.state.name !== 'ended') return undefined;
  return chat.participantIds.find((id) => id !== userId && blocks.has(id));
}

/** Whether the user may write in the chat. Where only admins may, they may not until their role is known. */
export function mayWrite(open: WrittenChat): boolean {
  const { posting, locked } = rulesOf(open);
  return !locked && blockedIn(open) === undefined && (posting === 'everyone' || isLeading(open));
}

/** Whether the user leads the group: they set its rules, and slow mode does not apply to them. */
export function isLeading({ userId, roleOf }: Pick<WrittenChat, 'userId' | 'roleOf'>): boolean {
  const role = roleOf(userId);
  return role === 'owner' || role === 'admin';
}
