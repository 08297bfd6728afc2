import { createHash, randomUUID } from 'node:crypto';
import { getFirst, hashDraft } from '#shared/chats/messages/first-draft.ts';
import { toMessageBy } from '#shared/chats/messages/messages.ts';
import { publish, type Unnumbered } from '#shared/chats/messages/send.ts';
import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { getSentMarker } from '#shared/data/chats/messages.ts';
import { redeliver } from '#shared/delivery/to-chat.ts';
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
 * that it already has, as it is now: the answer's id is made of theirs, so the first one is found by it.
 * Throws `question_under_way`, `client_id_reused` and what `answer` throws.
 */
export function answerOnce(ask: Ask, answer: (answerId: string) => Promise<Unnumbered>): Promise<Message> {
  if (ask.clientId === undefined) return publishAnswer(randomUUID());
  const id = createHash('sha256')
    .update(JSON.stringify([ask.userId, ask.chatId, ask.clientId]))
    .digest('hex')
    .slice(0, 32);
  return oneAtATime(id, async () => (await findAnswer(id, ask)) ?? publishAnswer(id, hashDraft(toSending(id, ask))));

  async function publishAnswer(answerId: string, draftHash?: string) {
    return publish(await answer(answerId), texts().assistant, draftHash);
  }
}

/** The question in place of the text that was sent. */
const toSending = (answerId: string, { chatId, question }: Ask) => ({
  chatId,
  userId: assistantId,
  clientId: answerId,
  content: question,
});

async function findAnswer(id: string, ask: Ask): Promise<Message | undefined> {
  const marker = await getSentMarker(ask.chatId, assistantId, id);
  if (!marker) return undefined;
  const message = toMessageBy(await getFirst(marker, toSending(id, ask)), texts().assistant);
  await redeliver(message);
  return message;
}
