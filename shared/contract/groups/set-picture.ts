import { defineEndpoint, hours } from '../endpoint.ts';
import { chosenFile } from '../files/chosen.ts';
import { groupResponse } from './group.ts';
import { ofGroup } from './path.ts';

export const setPicture = defineEndpoint({
  name: 'groups/set-picture',
  method: 'PUT',
  path: '/groups/{groupId}/picture',
  access: 'session',
  limits: [{ per: 'user', allow: 30, within: hours(1) }],
  summary: 'Set the picture of a group: an uploaded file with the purpose "picture" (admins and the owner)',
  params: ofGroup,
  body: chosenFile,
  response: groupResponse,
  example: { body: { fileId: 'file-id' } },
  problems: [
    'chat_locked',
    'not_a_participant',
    'not_a_group',
    'role_too_low',
    'file_refused',
    'files_not_configured',
    'too_many_requests',
  ],
});
