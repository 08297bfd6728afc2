import { inject } from 'vitest';

/** URL of the DynamoDB that all test files share, with tables of its own. Starting another one takes three seconds of CPU. */
export function ownTables(): string {
  const url = new URL(inject('dynamodb'));
  url.username = crypto.randomUUID().replaceAll('-', '');
  return url.href;
}
