import { randomUUID } from 'node:crypto';
import { requireWriter } from '#shared/chats/access.ts';
import { storeSystemMessage } from '#shared/chats/messages/system-messages.ts';
import { requireMayPostNow, takeTurn } from '#shared/chats/posting.ts';
import { createMeeting } from '#shared/contract/google/create-meeting.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { newMeeting } from '#shared/google/meetings.ts';
import { inTime } from '#shared/google/oauth.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(createMeeting, async ({ userId, body: { chatId } }) => {
  // Checked first: nobody would see a meeting whose link may not be posted.
  if (chatId !== undefined) await requireMayPostNow(await requireWriter(userId, chatId));
  const meetUrl = await inTime(newMeeting(userId));
  if (chatId !== undefined) {
    // Checked again, because Google may take its time.
    const membership = await requireWriter(userId, chatId);
    await takeTurn(membership, await requireMayPostNow(membership), randomUUID());
    await storeSystemMessage({ chatId, userId, event: 'meeting', meetUrl }, storeMessage);
  }
  return { meetUrl };
});
