import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { id, success } from '../fields/index.ts';

export const endSession = defineEndpoint({
  name: 'auth/end-session',
  method: 'DELETE',
  path: '/auth/sessions/{sessionId}',
  access: 'session',
  summary: 'End one of my sessions and close its sockets',
  params: z.object({ sessionId: id }),
  response: success,
  problems: ['session_not_found'],
});
