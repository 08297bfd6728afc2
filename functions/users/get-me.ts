import { getMe } from '#shared/contract/users/get-me.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser, toUser } from '#shared/people/users.ts';

export const handler = endpoint(getMe, async ({ userId }) => ({ user: toUser(await requireUser(userId)) }));
