import { defineEndpoint } from '../endpoint.ts';
import { success } from '../fields/index.ts';

export const deletePush = defineEndpoint({
  name: 'users/delete-push',
  method: 'DELETE',
  path: '/users/me/push',
  access: 'session',
  summary: 'Stop push notifications to the device of this session',
  response: success,
  problems: [],
});
