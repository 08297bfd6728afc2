import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { tableArn } from '../cloudformation/template.ts';
import type { Need, Roles } from '../iam/roles.ts';

/** Stands between the functions and DynamoDB and does what IAM does there: refuses what the caller's role doesn't grant. */
export async function startDynamodbProxy(
  endpoint: string,
  roles: () => Roles,
): Promise<{ endpoint: string; close(): void }> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (incoming, response) => {
    try {
      const body = await buffer(incoming);
      const target = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
      const refusal = roles().refusal(incoming.headers.authorization, needsOf(target, JSON.parse(body.toString())));
      if (refusal) return fail(response, 400, 'AccessDeniedException', refusal);
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

function fail(response: ServerResponse, status: number, type: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, Message: message }));
}

async function forward(
  incoming: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  endpoint: string,
  agent: Agent,
): Promise<void> {
  const { host: _host, ...headers } = incoming.headers;
  // DynamoDB Local checks no signature, but gives every access key tables of its own: here all have the runner's.
  headers.authorization = headers.authorization?.replace(/Credential=\w+/, 'Credential=local');
  const outgoing = request(endpoint, { method: 'POST', headers, agent });
  // The first error is thrown below; with nobody to hear a second one, the process would end.
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

/** A batch needs its own action on each table, a transaction the action of each item in it. */
function needsOf(target: string, { TableName, RequestItems = {}, TransactItems = [] }: DynamodbRequest): Need[] {
  const need = (action: string, table: string): Need => ({ action: `dynamodb:${action}`, resource: tableArn(table) });
  if (TableName) return [need(target, TableName)];
  return [
    ...Object.keys(RequestItems).map((table) => need(target, table)),
    ...TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => need(transactActions[kind] ?? kind, TableName)),
    ),
  ];
}
