import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';

export const checkHealth = defineEndpoint({
  name: 'health/check-health',
  method: 'GET',
  path: '/health',
  access: 'public',
  summary: 'Check that the service and its database are up',
  response: z.object({ status: z.literal('ok') }),
  problems: ['unavailable'],
});
