import { requireWriter } from '#shared/chats/access.ts';
import type { Unnumbered } from '#shared/chats/messages/send.ts';
import { requireMayPostNow, takeTurn } from '#shared/chats/posting.ts';
import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { getGoogleLink } from '#shared/data/accounts/google-links.ts';
import type { Membership } from '#shared/data/chats/memberships.ts';
import { answerQuestion } from './answer.ts';
import type { Ask } from './answer-once.ts';
import { reserveBudget } from './budget.ts';
import { liveAnswer } from './live-answer.ts';
import { createMeetingAs } from './meeting.ts';
import { asksForMeeting } from './meeting-wish.ts';
import { recentMessages } from './transcript.ts';

interface AskInTime extends Ask {
  /** The asker's own, for opening a meeting. */
  authorization: string;
  /** The asker's membership of the chat. */
  asker: Membership;
  /** Milliseconds since the epoch. */
  deadline: number;
}

/**
 * Writes the answer to a question, showing it meanwhile, and opens the meeting that the question asks for.
 * Throws what `answerQuestion`, `requireMayPostNow` and `requireWriter` throw.
 */
export async function composeAnswer(id: string, ask: AskInTime): Promise<Unnumbered> {
  const { userId, chatId, question, asker, authorization, deadline } = ask;
  // Only now: a question that was answered before gets its answer whoever may write.
  await takeTurn(asker, await requireMayPostNow(asker, id), id);
  const [messages, live, link] = await Promise.all([
    recentMessages(chatId),
    liveAnswer(chatId, id),
    getGoogleLink(userId),
  ]);
  const opensMeeting = link !== undefined && asksForMeeting(question);
  const answer = await answerQuestion({
    question,
    messages,
    opensMeeting,
    deadline,
    reserve: (tokens) => reserveBudget(userId, chatId, tokens),
    onText: live.add,
  }).finally(live.end);
  const meetUrl = opensMeeting ? await createMeetingAs(authorization, deadline) : undefined;
  // Checked again, because the answer took its time and contains the question.
  await requireWriter(userId, chatId);
  return { chatId, userId: assistantId, type: 'ai', clientId: id, question, askedBy: userId, ...answer, meetUrl };
}
