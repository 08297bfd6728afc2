import type { Draft, Message } from './contract/messages.ts';
import { listConnections } from './data/connections.ts';
import { findSent, getMessage, type StoredMessage, storeMessage, takeNumber } from './data/messages.ts';
import { deliver } from './delivery/deliver.ts';
import { toMessageBy } from './messages.ts';
import { Problem } from './problem.ts';

interface Author {
  chatId: string;
  userId: string;
  userName: string;
}

interface Sent {
  message: Message;
  /** The author had sent it before: nothing was stored or delivered now. */
  repeated: boolean;
}

/** Stores a message, then delivers it to every connection of its chat. Throws `client_id_reused`. */
export async function send(author: Author, draft: Draft): Promise<Sent> {
  return (await sentBefore(author, draft)) ?? (await sendNow(author, draft));
}

async function sendNow(author: Author, draft: Draft): Promise<Sent> {
  const { chatId, userId, userName } = author;
  const message = await publish({ chatId, userId, type: 'text', ...draft }, userName);
  return message ? { message, repeated: false } : ((await sentBefore(author, draft)) as Sent);
}

/** Gives a message its number and its time, stores it and delivers it; undefined when its clientId was used before. */
export async function publish(
  draft: Omit<StoredMessage, 'seq' | 'createdAt'>,
  userName: string,
): Promise<Message | undefined> {
  const stored = { ...draft, seq: await takeNumber(draft.chatId), createdAt: new Date().toISOString() };
  // The connections are read beside the write, not before it: a reader who connects first and then fetches the
  // history has the message by one way or the other.
  const [connections, isNew] = await Promise.all([listConnections(draft.chatId), storeMessage(stored)]);
  if (!isNew) return undefined;
  const message = toMessageBy(stored, userName);
  await deliver(connections, message);
  return message;
}

async function sentBefore(
  { chatId, userId, userName }: Author,
  { clientId, content }: Draft,
): Promise<Sent | undefined> {
  const seq = clientId === undefined ? undefined : await findSent(chatId, userId, clientId);
  if (seq === undefined) return undefined;
  const first = await getMessage(chatId, seq);
  if (first?.content !== content) throw new Problem('client_id_reused');
  return { message: toMessageBy(first, userName), repeated: true };
}
