import { defineEndpoint, hours } from '../endpoint.ts';
import { success } from '../fields/index.ts';
import { ofUser } from './path.ts';

export const blockUser = defineEndpoint({
  name: 'users/block-user',
  method: 'PUT',
  path: '/users/{userId}/block',
  access: 'session',
  limits: [{ per: 'user', allow: 100, within: hours(1) }],
  summary: 'Block a person: they can’t open our direct chat, write to it, or add me to a group',
  params: ofUser,
  response: success,
  problems: ['not_yourself', 'user_not_found', 'too_many_requests'],
});
