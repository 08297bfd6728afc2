import { chooseAvatar } from '#shared/accounts/avatar.ts';
import { setAvatar } from '#shared/contract/users/set-avatar.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser, toUser } from '#shared/people/users.ts';

export const handler = endpoint(setAvatar, async ({ userId, body: { fileId } }) => ({
  user: toUser(await chooseAvatar(await requireUser(userId), fileId)),
}));
