import { answerOnce } from '#shared/assistant/answer-once.ts';
import { composeAnswer } from '#shared/assistant/compose-answer.ts';
import { oneOfThree } from '#shared/assistant/slots.ts';
import { requireWriter } from '#shared/chats/access.ts';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

/** For the answer and its meeting, milliseconds. Storing and delivering have 2 s more, 20 s in all. */
const timeoutMs = 18_000;

export const handler = endpoint(askAssistant, async ({ userId, body, headers }) => {
  const deadline = Date.now() + timeoutMs;
  const asker = await requireWriter(userId, body.chatId);
  const ask = { userId, ...body, asker, authorization: headers.authorization ?? '', deadline };
  return { message: await answerOnce(ask, (id) => oneOfThree(userId, () => composeAnswer(id, ask))) };
});
