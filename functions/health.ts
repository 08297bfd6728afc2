import { health } from '../shared/contract/health.ts';
import { readBothTables } from '../shared/data/health.ts';
import { endpoint } from '../shared/endpoint.ts';

export const handler = endpoint(health, async () => {
  await readBothTables();
  return { status: 'ok' as const };
});
