import { defineEndpoint, hours } from '../endpoint.ts';
import { groupResponse } from './group.ts';
import { ofGroup } from './path.ts';

export const deletePicture = defineEndpoint({
  name: 'groups/delete-picture',
  method: 'DELETE',
  path: '/groups/{groupId}/picture',
  access: 'session',
  limits: [{ per: 'user', allow: 30, within: hours(1) }],
  summary: 'Remove the picture of a group (admins and the owner)',
  params: ofGroup,
  response: groupResponse,
  problems: ['chat_locked', 'not_a_participant', 'not_a_group', 'role_too_low', 'too_many_requests'],
});
