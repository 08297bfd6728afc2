import { recordEvent } from '../../shared/chat-events.ts';
import { createMeeting } from '../../shared/contract/google.ts';
import { storeMessage } from '../../shared/data/messages.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { newMeeting } from '../../shared/google/meetings.ts';
import { inTime } from '../../shared/google/oauth.ts';
import { requireWriter } from '../../shared/writer.ts';

export const handler = endpoint(createMeeting, async ({ userId, body: { chatId } }) => {
  // Checked first, because a meeting whose link may not be posted would be a meeting for nobody.
  if (chatId !== undefined) await requireWriter(userId, chatId);
  const meetUrl = await inTime(newMeeting(userId));
  if (chatId !== undefined) {
    // Again: Google may take its time.
    await requireWriter(userId, chatId);
    await recordEvent({ chatId, userId, event: 'meeting', meetUrl }, storeMessage, true);
  }
  return { meetUrl };
});
