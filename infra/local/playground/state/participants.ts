import type * as z from 'zod/mini';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { role } from '#shared/contract/groups/role.ts';
import type { Api } from '../client/rest/api.ts';
import type { User } from '../client/rest/session.ts';

export type Role = z.output<typeof role>;

export interface Participant {
  name: string;
  role: Role;
}

/** The participants of a chat by their ids, as far as the first page of a group's members has them. */
export async function loadParticipants(api: Api, { id, type, name, participantIds }: Chat, user: User | undefined) {
  const participants = new Map<string, Participant>();
  if (type === 'direct')
    for (const userId of participantIds)
      participants.set(userId, { name: userId === user?.id ? user.name : name, role: 'member' });
  else for (const member of (await api.getGroup(id)).group.members) participants.set(member.userId, member);
  return participants;
}
