import { listChanges } from '#shared/contract/messages/list-changes.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(listChanges, async () => {
  throw new Error('Comes with the branch of the reading path.');
});
