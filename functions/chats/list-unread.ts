import { readUnread, toTotals } from '#shared/chats/unread.ts';
import { listUnread } from '#shared/contract/chats/list-unread.ts';
import { listMemberships } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

/** Most people have fewer chats; so many cost as much as a hundred small requests. */
const maxSmallPage = 100;

export const handler = endpoint(listUnread, async ({ userId, count }) => {
  const memberships = await listMemberships(userId);
  if (memberships.length > maxSmallPage) await count({ 'large page': userId });
  const unread = await readUnread(memberships);
  return { ...toTotals(unread), chats: unread.map(({ chat }) => chat) };
});
