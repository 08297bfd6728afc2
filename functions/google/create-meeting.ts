import { recordEvent } from '../../shared/chat-events.ts';
import { createMeeting } from '../../shared/contract/google.ts';
import { getMembership } from '../../shared/data/memberships.ts';
import { storeMessage } from '../../shared/data/messages.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { newMeeting } from '../../shared/google/meetings.ts';
import { inTime } from '../../shared/google/oauth.ts';
import { Problem } from '../../shared/problem.ts';

export const handler = endpoint(createMeeting, async ({ userId, body: { chatId } }) => {
  // Checked first, because a meeting whose link may not be posted would be a meeting for nobody.
  const membership = chatId === undefined ? undefined : await getMembership(userId, chatId);
  if (chatId !== undefined && !membership) throw new Problem('not_a_participant');
  if (membership?.blocked) throw new Problem('blocked');
  const meetUrl = await inTime(newMeeting(userId));
  if (chatId !== undefined) await recordEvent({ chatId, userId, event: 'meeting', meetUrl }, storeMessage, true);
  return { meetUrl };
});
