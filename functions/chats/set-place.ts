import { toPlace } from '#shared/chats/own-settings.ts';
import { setPlace } from '#shared/contract/chats/set-place.ts';
import { changeOwnSettings } from '#shared/data/chats/own-settings.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(setPlace, async ({ userId, params: { chatId }, body: { pinned, archived } }) => {
  const membership = await changeOwnSettings(userId, chatId, {
    ...(pinned !== undefined && { pinned: pinned || undefined }),
    ...(archived !== undefined && { archived: archived || undefined }),
  });
  if (membership === 'not a participant') throw new Problem('not_a_participant');
  await tellUsers([userId], { type: 'chat', chatId });
  return { place: toPlace(membership) };
});
