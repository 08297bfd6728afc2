import * as z from 'zod/mini';
import { days, defineEndpoint } from '../endpoint.ts';
import { clientId, groupName, id } from '../fields/index.ts';
import { groupResponse } from './group.ts';
import { beingAdded, maxAtOnce } from './limits.ts';

export const createGroup = defineEndpoint({
  name: 'groups/create-group',
  method: 'POST',
  path: '/groups',
  access: 'session',
  limits: [{ per: 'user', allow: 200, within: days(1) }, beingAdded],
  summary: 'Create a group; the creator becomes a participant and need not be listed',
  body: z.object({
    name: groupName,
    participantIds: z.array(id).check(z.maxLength(maxAtOnce, { error: 'must list at most 45 users' })),
    clientId: z.optional(clientId),
  }),
  response: groupResponse,
  example: { body: { name: 'Group Name', participantIds: ['user-id'] } },
  problems: ['unknown_participants', 'blocked', 'not_addable', 'changed_meanwhile', 'too_many_requests'],
});
