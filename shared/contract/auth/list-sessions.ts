import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { id, time } from '../fields/index.ts';

export const session = z.object({
  id,
  device: z.string(),
  createdAt: time,
  lastUsedAt: time,
  current: z.boolean().check(z.describe('Whether this request was made in this session.')),
});

export const listSessions = defineEndpoint({
  name: 'auth/list-sessions',
  method: 'GET',
  path: '/auth/sessions',
  access: 'session',
  summary: 'List my sessions, most recently used first',
  response: z.object({ sessions: z.array(session) }),
  problems: [],
});
