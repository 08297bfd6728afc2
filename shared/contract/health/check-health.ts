import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';

export const checkHealth = defineEndpoint({
  name: 'health/check-health',
  method: 'GET',
  path: '/health',
  access: 'public',
  summary: 'Check whether everything that a chat needs is up',
  response: z.object({ status: z.literal('ok') }),
  problems: ['unavailable'],
});
