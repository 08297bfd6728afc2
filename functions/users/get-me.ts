import { getMe } from '../../shared/contract/users.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { requireUser } from '../../shared/proof.ts';
import { toUser } from '../../shared/sign-in.ts';

export const handler = endpoint(getMe, async ({ userId }) => ({ user: toUser(await requireUser(userId)) }));
