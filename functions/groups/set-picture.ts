import { choosePicture } from '#shared/chats/picture.ts';
import { setPicture } from '#shared/contract/groups/set-picture.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(setPicture, async ({ userId, params: { groupId }, body: { fileId } }) => ({
  group: await choosePicture(userId, groupId, fileId),
}));
