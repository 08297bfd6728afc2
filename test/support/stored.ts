import { nextNumber } from '#shared/chats/next-number.ts';
import { type StoredMessage, storeMessage } from '#shared/data/chats/messages.ts';
import type { Person } from './people.ts';

/** Stores a message without the endpoint and its limits. */
export async function stored(
  { id: userId }: Pick<Person, 'id'>,
  chatId: string,
  more: Partial<StoredMessage> = {},
): Promise<StoredMessage> {
  const { seq, at } = await nextNumber(chatId, { userId });
  const message: StoredMessage = { chatId, userId, seq, createdAt: at, type: 'text', content: `${seq}`, ...more };
  await storeMessage(message);
  return message;
}
