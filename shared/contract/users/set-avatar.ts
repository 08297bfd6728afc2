import { defineEndpoint, hours } from '../endpoint.ts';
import { chosenFile } from '../files/chosen.ts';
import { userResponse } from './user.ts';

export const setAvatar = defineEndpoint({
  name: 'users/set-avatar',
  method: 'PUT',
  path: '/users/me/avatar',
  access: 'session',
  limits: [{ per: 'user', allow: 30, within: hours(1) }],
  summary: 'Set my avatar: an uploaded file with the purpose "avatar"',
  body: chosenFile,
  response: userResponse,
  example: { body: { fileId: 'file-id' } },
  problems: ['file_refused', 'files_not_configured', 'too_many_requests'],
});
