import type { ServerResponse } from 'node:http';
import { region } from '../cloudformation/arns.ts';
import { operatorId, type Roles } from './roles.ts';

/** Where `npm run operator` gets what it signs its requests with: GET /_local/credentials */
export const credentialsPath = '/_local/credentials';

/** Answers with the operator's credentials. No page of another origin can read them: the answer has no CORS headers. */
export function showCredentials(response: ServerResponse, roles: Roles): void {
  const { accessKeyId, secretAccessKey } = roles.credentialsOf({ id: operatorId });
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ accessKeyId, secretAccessKey, region }));
}
