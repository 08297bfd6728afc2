import type { Message } from './contract/messages.ts';
import type { ChatEvent, StoredMessage } from './data/messages.ts';
import { namesOf } from './names.ts';

const eventText: Record<ChatEvent, (name: string) => string> = {
  created: (name) => `${name} created the group`,
  joined: (name) => `${name} joined the group`,
};

/** A stored message as its readers see it. */
export function toMessage(stored: StoredMessage, userName: string): Message {
  const { id, chatId, userId, type, createdAt, seq, clientId, event } = stored;
  const content = event ? eventText[event](userName) : (stored.content ?? '');
  return {
    id,
    chatId,
    userId,
    userName,
    content,
    type,
    createdAt,
    seq,
    ...(clientId !== undefined && { clientId }),
    ...(event && { metadata: { event } }),
  };
}

export async function toMessages(stored: StoredMessage[]): Promise<Message[]> {
  const names = await namesOf(stored.map((message) => message.userId));
  return stored.map((message) => toMessage(message, names.get(message.userId) as string));
}
