import { defineEndpoint } from '../endpoint.ts';
import { success } from '../fields/index.ts';
import { ofGroup } from './path.ts';

export const revokeInvite = defineEndpoint({
  name: 'groups/revoke-invite',
  method: 'DELETE',
  path: '/groups/{groupId}/invite',
  access: 'session',
  summary: 'Revoke the invite code (admins and the owner)',
  params: ofGroup,
  response: success,
  problems: ['not_a_participant', 'not_a_group', 'role_too_low', 'changed_meanwhile'],
});
