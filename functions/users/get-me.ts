import { getMe } from '../../shared/contract/users.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { requireUser, toUser } from '../../shared/users.ts';

export const handler = endpoint(getMe, async ({ userId }) => ({ user: toUser(await requireUser(userId)) }));
