import { toNotifications } from '#shared/chats/own-settings.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import { changeOwnSettings } from '#shared/data/chats/own-settings.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(setNotifications, async ({ userId, params: { chatId }, body }) => {
  const { level, mutedUntil } = body;
  const membership = await changeOwnSettings(userId, chatId, {
    level: level === 'all' ? undefined : level,
    // With milliseconds, however many digits were sent, so that times can be compared as text.
    mutedUntil: mutedUntil && new Date(mutedUntil).toISOString(),
  });
  if (membership === 'not a participant') throw new Problem('not_a_participant');
  await tellUsers([userId], { type: 'chat', chatId });
  return { notifications: toNotifications(membership) };
});
