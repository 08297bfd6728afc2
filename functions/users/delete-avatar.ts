import { removeAvatar } from '#shared/accounts/avatar.ts';
import { deleteAvatar } from '#shared/contract/users/delete-avatar.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser, toUser } from '#shared/people/users.ts';

export const handler = endpoint(deleteAvatar, async ({ userId }) => ({
  user: toUser(await removeAvatar(await requireUser(userId))),
}));
