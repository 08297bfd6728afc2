import { listChats as listPage } from '#shared/chats/list.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMemberships } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(listChats, async ({ userId, query }) =>
  listPage(userId, await listMemberships(userId), query),
);
