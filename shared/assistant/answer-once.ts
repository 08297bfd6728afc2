import { createHash, randomUUID } from 'node:crypto';
import { toMessageBy } from '#shared/chats/messages.ts';
import { publish, type Unnumbered } from '#shared/chats/send.ts';
import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { findSent, getMessage } from '#shared/data/chats/messages.ts';
import { redeliver } from '#shared/delivery/to-chat.ts';
import { Problem } from '#shared/platform/problem.ts';
import { texts } from '#shared/texts/in-language.ts';
import { oneAtATime } from './slots.ts';

export interface Ask {
  userId: string;
  chatId: string;
  question: string;
  clientId?: string | undefined;
}

/**
 * Answers a question and publishes the answer. A question that its asker repeats with the same `clientId` gets the answer
 * that it already has: the answer's id is made of theirs, so the first one is found by it.
 * Throws `question_under_way`, `client_id_reused` and what `answer` throws.
 */
export function answerOnce(ask: Ask, answer: (answerId: string) => Promise<Unnumbered>): Promise<Message> {
  if (ask.clientId === undefined) return publishAnswer(randomUUID());
  const id = createHash('sha256')
    .update(JSON.stringify([ask.userId, ask.chatId, ask.clientId]))
    .digest('hex')
    .slice(0, 32);
  return oneAtATime(id, async () => (await findAnswer(id, ask)) ?? publishAnswer(id));

  async function publishAnswer(answerId: string) {
    return publish(await answer(answerId), texts().assistant);
  }
}

async function findAnswer(id: string, { chatId, question }: Ask): Promise<Message | undefined> {
  const seq = await findSent(chatId, assistantId, id);
  const stored = seq === undefined ? undefined : await getMessage(chatId, seq);
  if (!stored) return undefined;
  if (stored.question !== question) throw new Problem('client_id_reused');
  const message = toMessageBy(stored, texts().assistant);
  await redeliver(message);
  return message;
}
