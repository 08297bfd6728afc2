import { removePicture } from '#shared/chats/picture.ts';
import { deletePicture } from '#shared/contract/groups/delete-picture.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(deletePicture, async ({ userId, params: { groupId } }) => ({
  group: await removePicture(userId, groupId),
}));
