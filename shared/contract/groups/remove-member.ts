import { leaving } from '../chats/limits.ts';
import { defineEndpoint } from '../endpoint.ts';
import { success } from '../fields/index.ts';
import { ofMember } from './path.ts';

export const removeMember = defineEndpoint({
  name: 'groups/remove-member',
  method: 'DELETE',
  path: '/groups/{groupId}/members/{userId}',
  access: 'session',
  limits: [leaving],
  summary:
    'Leave a group or remove a member; if the owner leaves, another member becomes owner; the last member closes the group',
  params: ofMember,
  response: success,
  problems: [
    'chat_locked',
    'not_a_participant',
    'not_a_group',
    'role_too_low',
    'member_not_found',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
