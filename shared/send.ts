import type { Draft, Message } from './contract/messages.ts';
import { findSent, getMessage, type StoredMessage, storeMessage, takeNumber } from './data/messages.ts';
import { deliverAgain, deliverToChat } from './delivery/fan-out.ts';
import { toMessageBy } from './messages.ts';
import { countMetric } from './metrics.ts';
import { Problem } from './problem.ts';

interface Author {
  chatId: string;
  userId: string;
  userName: string;
  /** The connection that it was sent on. */
  connectionId?: string;
}

/**
 * Stores a message, then delivers it to every connection of its chat. What its author sends again is not stored again.
 * Throws `client_id_reused`.
 */
export async function send(author: Author, draft: Draft): Promise<Message> {
  const { connectionId, chatId, userId, userName } = author;
  const before = await sentBefore(author, draft);
  const stored = before ? undefined : await storeNext({ chatId, userId, type: 'text', ...draft }, userName);
  if (stored) {
    await deliverToChat(stored, connectionId);
    return stored;
  }
  // Of two that came at the same moment the store has refused the second: the first is there now.
  const first = before ?? ((await sentBefore(author, draft)) as Message);
  await deliverAgain(first, connectionId);
  return first;
}

type Unnumbered = Omit<StoredMessage, 'seq' | 'createdAt'>;

/** Stores a message that nobody can have sent before, and delivers it. */
export async function publish(draft: Unnumbered, userName: string): Promise<Message> {
  const message = (await storeNext(draft, userName)) as Message;
  await deliverToChat(message);
  return message;
}

/** Gives a message its number and its time and stores it; undefined when its clientId was used before. */
async function storeNext(draft: Unnumbered, userName: string): Promise<Message | undefined> {
  const stored = { ...draft, seq: await takeNumber(draft.chatId), createdAt: new Date().toISOString() };
  if (!(await storeMessage(stored))) return undefined;
  countMetric('Messages');
  return toMessageBy(stored, userName);
}

async function sentBefore(
  { chatId, userId, userName }: Author,
  { clientId, content }: Draft,
): Promise<Message | undefined> {
  const seq = clientId === undefined ? undefined : await findSent(chatId, userId, clientId);
  if (seq === undefined) return undefined;
  const first = await getMessage(chatId, seq);
  if (first?.content !== content) throw new Problem('client_id_reused');
  return toMessageBy(first, userName);
}
