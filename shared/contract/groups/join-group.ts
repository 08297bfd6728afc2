import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { inviteCode } from '../fields/index.ts';
import { groupResponse } from './group.ts';

export const joinGroup = defineEndpoint({
  name: 'groups/join-group',
  method: 'POST',
  path: '/groups/join',
  access: 'user',
  limits: [{ per: 'user', allow: 10, within: hours(1), counts: 'wrong guesses' }],
  summary: 'Join a group by its invite code; joining again changes nothing',
  body: z.object({ inviteCode }),
  response: groupResponse,
  example: { body: { inviteCode: 'ABC123' } },
  problems: ['invite_not_found', 'not_a_participant', 'group_full', 'too_many_requests'],
});
