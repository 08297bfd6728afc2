import { checkHealth } from '#shared/contract/health/check-health.ts';
import { readBothTables } from '#shared/data/health.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(checkHealth, async () => {
  await readBothTables();
  return { status: 'ok' as const };
});
