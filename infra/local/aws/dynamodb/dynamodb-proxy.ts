import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { readBody } from '../../http/read-body.ts';
import { type Chaos, calm } from '../chaos.ts';
import { tableArn } from '../cloudformation/arns.ts';
import type { Permission, Roles } from '../iam/roles.ts';
import { injectFault } from './injected-faults.ts';
import { localAccess } from './tables.ts';

/** DynamoDB's limit for a request, bytes. */
const maxBytes = 16 * 1024 * 1024;

/** Stands between the functions and DynamoDB and refuses, as IAM does, what the caller's role does not allow. */
export async function startDynamodbProxy(
  endpoint: string,
  roles: Roles,
  chaos: Chaos = calm,
): Promise<{ endpoint: string; close(): void }> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (incoming, response) => {
    try {
      const { method, url, headers } = incoming;
      const body = await readBody(incoming, { maxBytes });
      const target = String(headers['x-amz-target']).split('.')[1] ?? '';
      const input: DynamodbRequest = JSON.parse(body.toString());
      const permissions = permissionsFor(target, input);
      const refusal = roles.refusal({ method, url, headers, body }, permissions);
      if (refusal) return fail(response, 400, 'AccessDeniedException', refusal);
      const fault = injectFault(chaos, target, input.TransactItems?.length);
      if (fault) return fail(response, 400, fault.type, fault.message, fault.more);
      await forward(incoming, body, response, endpoint, agent);
    } catch (error) {
      fail(response, 503, 'ServiceUnavailable', String(error));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

function fail(response: ServerResponse, status: number, type: string, message: string, more: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, Message: message, ...more }));
}

async function forward(
  incoming: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  endpoint: string,
  agent: Agent,
): Promise<void> {
  const { host: _host, ...headers } = incoming.headers;
  const { endpoint: url, credentials } = localAccess(endpoint);
  // DynamoDB Local ignores signatures but keeps separate tables for each access key. The tables are under the runner's.
  headers.authorization = headers.authorization?.replace(/Credential=\w+/, `Credential=${credentials.accessKeyId}`);
  const outgoing = request(url, { method: 'POST', headers, agent });
  // once() throws the first error. A second error without a listener would end the process.
  outgoing.on('error', () => {});
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  response.writeHead(answer.statusCode ?? 500, answer.headers);
  answer.pipe(response);
}

interface DynamodbRequest {
  TableName?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, { TableName: string }>[];
}

const transactActions: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** A batch requires its own action on each table; a transaction requires the action of each of its items. */
function permissionsFor(
  target: string,
  { TableName, RequestItems = {}, TransactItems = [] }: DynamodbRequest,
): Permission[] {
  const permission = (action: string, table: string) => ({ action: `dynamodb:${action}`, resource: tableArn(table) });
  if (TableName) return [permission(target, TableName)];
  return [
    ...Object.keys(RequestItems).map((table) => permission(target, table)),
    ...TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => permission(transactActions[kind] ?? kind, TableName)),
    ),
  ];
}
