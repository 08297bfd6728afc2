import { create, findCreated } from '#shared/chats/create-group.ts';
import { toGroup } from '#shared/chats/groups.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(createGroup, async ({ userId, body }) => ({
  group: toGroup((await findCreated(userId, body)) ?? (await create(userId, body))),
}));
