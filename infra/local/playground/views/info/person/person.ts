import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import type { Member } from '../../../state/open/membership.ts';
import type { OpenChat } from '../../../state/open-chat.ts';

/** Whether the author of a message is somebody else with a profile. */
export const isOther = ({ userId, userDeleted }: Message, self: string): boolean =>
  userId !== self && userId !== assistantId && userId !== operatorId && !userDeleted;

/** What the chat knows about a person: also those who have left it, if they wrote something. */
export function personIn({ members, chat, ...open }: OpenChat, id: string): Member | undefined {
  const member = members.get(id);
  if (member) return member;
  const name = open.realtime.reader.messages.findLast(({ userId }) => userId === id)?.userName;
  return name === undefined ? undefined : { id, name };
}

/** The person's newest message that is loaded and can be reported. */
export const lastMessageOf = ({ realtime }: OpenChat, id: string): Message | undefined =>
  realtime.reader.messages.findLast(({ userId, type, deletedAt }) => userId === id && type === 'text' && !deletedAt);
