import { createHash, randomUUID } from 'node:crypto';
import type { RequestOf } from '#shared/contract/endpoint.ts';
import type { createGroup } from '#shared/contract/groups/create-group.ts';
import { beingAdded } from '#shared/contract/groups/limits.ts';
import type { ChatWithParticipants } from '#shared/data/chats/chats.ts';
import { findCreatedGroup } from '#shared/data/chats/created-groups.ts';
import { storeGroup } from '#shared/data/chats/groups.ts';
import { pushMessage } from '#shared/delivery/push.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { Problem } from '#shared/platform/problem.ts';
import { requireAddable, requireParticipant } from './access.ts';
import { newInviteCode, readGroup } from './groups.ts';

type Wish = RequestOf<typeof createGroup>['body'];

/** The same for the same name and people, in any order. */
function hashOf(userId: string, { name, participantIds }: Wish): string {
  const people = [...new Set(participantIds)].filter((id) => id !== userId).sort();
  return createHash('sha256')
    .update(JSON.stringify([name, people]))
    .digest('base64url');
}

/**
 * The group, as it is now, that the user has created with this `clientId`. Throws `client_id_reused` if that had another
 * name or other people, and `not_a_participant` if the user has left it.
 */
export async function findCreated(userId: string, wish: Wish): Promise<ChatWithParticipants | undefined> {
  const created = wish.clientId === undefined ? undefined : await findCreatedGroup(userId, wish.clientId);
  if (!created) return undefined;
  if (created.request !== hashOf(userId, wish)) throw new Problem('client_id_reused');
  await requireParticipant(userId, created.groupId);
  return readGroup(created.groupId);
}

/**
 * Creates a group, or returns the one that the same request has created at the same moment. Throws the problems of
 * `requireAddable`, `changed_meanwhile` and `session_ended`.
 */
export async function create(userId: string, wish: Wish): Promise<ChatWithParticipants> {
  const others = await requireAddable(userId, 'participantIds', wish.participantIds, [userId]);
  const id = randomUUID();
  const participantIds = [userId, ...others.map((user) => user.id)];
  const createdAt = new Date().toISOString();
  const first = { chatId: id, seq: 1, userId, type: 'system', event: 'created', createdAt } as const;
  const chat = { id, name: wish.name, type: 'group', participantIds, createdAt, seq: 1, lastAt: createdAt } as const;
  const { clientId } = wish;
  const created = clientId === undefined ? undefined : { clientId, groupId: id, request: hashOf(userId, wish) };
  const store = async () => {
    const group = { ...chat, inviteCode: newInviteCode() };
    return { group, refusal: await storeGroup(group, userId, others, beingAdded, first, created) };
  };
  const told = { chatId: id, seq: 1, userId, type: 'system', metadata: { event: 'created' } } as const;
  let stored = await store();
  while (stored.refusal === 'invite code taken') stored = await store();
  if (stored.refusal === 'clientId used') return (await findCreated(userId, wish)) as ChatWithParticipants;
  if (stored.refusal === 'no such user') throw new Problem('session_ended');
  if (stored.refusal === 'changed') throw new Problem('changed_meanwhile');
  await Promise.all([tellUsers(participantIds, { type: 'chat', chatId: id }), others.length > 0 && pushMessage(told)]);
  return stored.group;
}
