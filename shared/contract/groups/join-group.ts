import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { inviteCode } from '../fields/index.ts';
import { groupResponse } from './group.ts';

export const joinGroup = defineEndpoint({
  name: 'groups/join-group',
  method: 'POST',
  path: '/groups/join',
  access: 'user',
  // Bounds wrong guesses, and the messages about joining that leaving and joining again would make.
  limits: [{ per: 'user', allow: 20, within: hours(1), counts: 'what was done' }],
  summary: 'Join a group by its invite code; joining again changes nothing',
  body: z.object({ inviteCode }),
  response: groupResponse,
  example: { body: { inviteCode: 'ABC123' } },
  problems: [
    'chat_locked',
    'invite_not_found',
    'removed_from_group',
    'not_a_participant',
    'group_full',
    'too_many_requests',
  ],
});
