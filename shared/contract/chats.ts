import * as z from 'zod/mini';
import { defineEndpoint } from './endpoint.ts';
import { groupName, id, inviteCode, time } from './fields.ts';

const chat = z.object({
  id,
  name: z.string(),
  type: z.enum(['group', 'direct']),
  participantIds: z.array(id),
  /** Groups only. */
  inviteCode: z.optional(z.string()),
  createdAt: time,
  lastMessageAt: z.optional(time),
  lastMessage: z.optional(z.string()),
});

export const listChats = defineEndpoint({
  name: 'chats/list-chats',
  method: 'GET',
  path: '/chats',
  access: 'user',
  summary: 'List my chats, the one with the newest message first',
  response: z.object({ chats: z.array(chat) }),
  problems: [],
});

const group = z.object({
  id,
  name: z.string(),
  type: z.literal('group'),
  participantIds: z.array(id),
  inviteCode: z.string(),
  createdAt: time,
});

export type Group = z.output<typeof group>;

/** With its maker and the records beside them, the members of a new group fill one transaction of 100 items. */
const mostFirstParticipants = 90;

export const createGroup = defineEndpoint({
  name: 'groups/create-group',
  method: 'POST',
  path: '/groups',
  access: 'user',
  summary: 'Make a group; its maker is a participant without being named',
  body: z.object({
    name: groupName,
    participantIds: z.array(id).check(z.maxLength(mostFirstParticipants, { error: 'must name at most 90 users' })),
  }),
  response: z.object({ group }),
  problems: ['unknown_participants'],
});

export const joinGroup = defineEndpoint({
  name: 'groups/join-group',
  method: 'POST',
  path: '/groups/join',
  access: 'user',
  summary: 'Join a group by its invite code; joining twice is joining once',
  body: z.object({ inviteCode }),
  response: z.object({ group }),
  problems: ['invite_not_found', 'group_full'],
});
