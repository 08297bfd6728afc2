import { isDeepStrictEqual } from 'node:util';
import type { Message } from '#shared/contract/chats/message.ts';

/** What happened in a chat: a message was sent, or somebody reacted to one. */
export type ChatEvent = { at: number } & (
  | { type: 'message'; message: Message }
  | { type: 'reaction'; id: string; messageId: string; userId: string; emoji: string }
);

/** What a client has that was away, by message id. */
export type Held = Map<string, Message>;

/** What catching up has cost, and what the client has now. */
export interface CaughtUp {
  requests: number;
  bytes: number;
  /** Frames on a socket, each of which API Gateway charges like a message. */
  frames?: number;
  held: Held;
}

export const bytesOf = (json: object): number => Buffer.byteLength(JSON.stringify(json));

type Shown = Pick<Message, 'content' | 'reactions'>;

/** The messages that a client has missed, or shows in another state than they are in. */
export const notRight = (held: Held, truth: Message[]): number =>
  truth.filter((message) => !isDeepStrictEqual(shown(held.get(message.id)), shown(message))).length;

/** Order and version differ between the ways, and do not matter here. */
function shown(message: Shown | undefined): unknown {
  const reactions = (message?.reactions ?? []).map(({ emoji, userIds }) => `${emoji} ${userIds.toSorted()}`);
  return { content: message?.content, reactions: reactions.sort() };
}

/** The message with a reaction more. */
export function withReaction(message: Message, { emoji, userId }: { emoji: string; userId: string }): Message {
  const { reactions = [] } = message;
  const userIds = [...(reactions.find((reaction) => reaction.emoji === emoji)?.userIds ?? []), userId];
  const others = reactions.filter((reaction) => reaction.emoji !== emoji);
  return { ...message, reactions: [...others, { emoji, count: userIds.length, userIds }] };
}
