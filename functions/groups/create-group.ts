import { randomUUID } from 'node:crypto';
import { createGroup } from '../../shared/contract/chats.ts';
import { storeGroup } from '../../shared/data/chats.ts';
import { getNames } from '../../shared/data/users.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { newInviteCode, toGroup } from '../../shared/groups.ts';
import { Problem } from '../../shared/problem.ts';

export const handler = endpoint(createGroup, async ({ userId, body }) => {
  const users = await getNames([...new Set(body.participantIds)]);
  const errors = body.participantIds.flatMap((id, n) =>
    users.has(id) ? [] : [{ path: `participantIds.${n}`, message: `${id} is not a user` }],
  );
  if (errors.length > 0) throw new Problem('unknown_participants', { errors });

  const id = randomUUID();
  const participantIds = [...new Set([userId, ...body.participantIds])];
  const createdAt = new Date().toISOString();
  const first = { id: randomUUID(), chatId: id, seq: 1, userId, type: 'system', event: 'created', createdAt } as const;
  const chat = { id, name: body.name, type: 'group', participantIds, createdAt, seq: 1 } as const;
  let group = { ...chat, inviteCode: newInviteCode() };
  while (!(await storeGroup(group, userId, first))) group = { ...chat, inviteCode: newInviteCode() };
  return { group: toGroup(group) };
});
