import { listChats as listPage } from '#shared/chats/list.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMemberships } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

/** A screen shows far fewer; so many cost as much as three hundred small requests. */
const maxSmallPage = 100;

export const handler = endpoint(listChats, async ({ userId, query, count }) => {
  const memberships = await listMemberships(userId);
  if (memberships.length > maxSmallPage) await count({ 'large page': userId });
  return listPage(userId, memberships, query);
});
