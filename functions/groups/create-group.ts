import { randomUUID } from 'node:crypto';
import { requireAddable } from '#shared/chats/access.ts';
import { newInviteCode, toGroup } from '#shared/chats/groups.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { beingAdded } from '#shared/contract/groups/limits.ts';
import { storeGroup } from '#shared/data/chats/groups.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(createGroup, async ({ userId, body }) => {
  const others = await requireAddable(userId, 'participantIds', body.participantIds, [userId]);
  const id = randomUUID();
  const participantIds = [userId, ...others.map((user) => user.id)];
  const createdAt = new Date().toISOString();
  const first = { chatId: id, seq: 1, userId, type: 'system', event: 'created', createdAt } as const;
  const chat = { id, name: body.name, type: 'group', participantIds, createdAt, seq: 1, lastAt: createdAt } as const;
  const store = async () => {
    const group = { ...chat, inviteCode: newInviteCode() };
    return { group, refusal: await storeGroup(group, userId, others, beingAdded, first) };
  };
  let stored = await store();
  while (stored.refusal === 'invite code taken') stored = await store();
  if (stored.refusal === 'no such user') throw new Problem('session_ended');
  if (stored.refusal === 'changed') throw new Problem('changed_meanwhile');
  return { group: toGroup(stored.group) };
});
