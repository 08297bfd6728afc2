import { defineEndpoint, hours } from '../endpoint.ts';
import { userResponse } from './user.ts';

export const deleteAvatar = defineEndpoint({
  name: 'users/delete-avatar',
  method: 'DELETE',
  path: '/users/me/avatar',
  access: 'session',
  limits: [{ per: 'user', allow: 30, within: hours(1) }],
  summary: 'Remove my avatar',
  response: userResponse,
  problems: ['too_many_requests'],
});
