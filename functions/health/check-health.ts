import { checkHealth } from '#shared/contract/health/check-health.ts';
import { readAllTables } from '#shared/data/health.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(checkHealth, async () => {
  await readAllTables();
  return { status: 'ok' as const };
});
