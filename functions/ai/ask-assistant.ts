import { randomUUID } from 'node:crypto';
import { answerQuestion } from '#shared/assistant/answer.ts';
import { chargeBudget, requireBudget } from '#shared/assistant/budget.ts';
import { liveAnswer } from '#shared/assistant/live-answer.ts';
import { asksForMeeting, createMeetingAs } from '#shared/assistant/meeting.ts';
import { recentMessages } from '#shared/assistant/transcript.ts';
import { requireWriter } from '#shared/chats/access.ts';
import { publish } from '#shared/chats/send.ts';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { getGoogleLink } from '#shared/data/accounts/google-links.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { assistantName } from '#shared/people/display-names.ts';

/** For the answer and its meeting, milliseconds. Storing and delivering have 2 s more, 20 s in all. */
const timeoutMs = 18_000;

export const handler = endpoint(askAssistant, async ({ userId, body: { chatId, question }, headers }) => {
  const deadline = Date.now() + timeoutMs;
  await requireWriter(userId, chatId);
  const id = randomUUID();
  const [messages, live, link] = await Promise.all([
    recentMessages(chatId),
    liveAnswer(chatId, id),
    getGoogleLink(userId),
    requireBudget(userId, chatId),
  ]);
  const { createMeet, ...answer } = await answerQuestion({
    question,
    messages,
    mayCreateMeeting: link !== undefined && asksForMeeting(question),
    deadline,
    charge: (tokens) => chargeBudget(userId, chatId, tokens),
    onText: live.add,
  }).finally(live.end);
  const meetUrl = createMeet ? await createMeetingAs(headers.authorization ?? '', deadline) : undefined;
  // Checked again, because the answer took its time and contains the question.
  await requireWriter(userId, chatId);
  const stored = {
    chatId,
    userId: assistantId,
    type: 'ai',
    clientId: id,
    question,
    askedBy: userId,
    ...answer,
    meetUrl,
  } as const;
  return { message: await publish(stored, assistantName) };
});
