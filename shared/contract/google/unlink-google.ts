import { defineEndpoint } from '../endpoint.ts';
import { success } from '../fields/index.ts';

export const unlinkGoogle = defineEndpoint({
  name: 'google/unlink-google',
  method: 'DELETE',
  path: '/auth/gmail/token',
  access: 'session',
  summary: 'Unlink my Google account, and revoke its tokens at Google',
  response: success,
  problems: [],
});
