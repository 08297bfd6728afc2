import { randomUUID } from 'node:crypto';
import { addableIds, newInviteCode, toGroup } from '#shared/chats/groups.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { storeGroup } from '#shared/data/chats/groups.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(createGroup, async ({ userId, body }) => {
  const others = await addableIds(userId, 'participantIds', body.participantIds);
  const id = randomUUID();
  const participantIds = [...new Set([userId, ...others])];
  const createdAt = new Date().toISOString();
  const first = { chatId: id, seq: 1, userId, type: 'system', event: 'created', createdAt } as const;
  const chat = { id, name: body.name, type: 'group', participantIds, createdAt, seq: 1 } as const;
  let group = { ...chat, inviteCode: newInviteCode() };
  while ((await storeGroup(group, userId, first)) === 'invite code taken')
    group = { ...chat, inviteCode: newInviteCode() };
  return { group: toGroup(group) };
});
