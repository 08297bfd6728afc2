import { defineEndpoint } from '../endpoint.ts';
import { success } from '../fields/index.ts';
import { ofUser } from './path.ts';

export const unblockUser = defineEndpoint({
  name: 'users/unblock-user',
  method: 'DELETE',
  path: '/users/{userId}/block',
  access: 'session',
  summary: 'Unblock a person',
  params: ofUser,
  response: success,
  problems: [],
});
