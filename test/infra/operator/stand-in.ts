import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Answer = [status: number, body: object | string, headers?: Record<string, string>];

interface Asked {
  path: string;
  input: unknown;
  authorization: string | undefined;
}

/** Stands in for an API, CloudFormation and STS. `answers` has what comes next at a path, or to an action of AWS. */
export async function startStandIn() {
  const state = { url: '', asked: [] as Asked[], answers: {} as Record<string, Answer[]>, close: () => {} };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const path = request.url === '/' ? (/Action=(\w+)/.exec(body)?.[1] ?? '') : (request.url ?? '');
    const input = body.startsWith('{') ? JSON.parse(body) : body;
    state.asked.push({ path, input, authorization: request.headers.authorization });
    const [status, answer, headers = {}] = state.answers[path]?.shift() ?? [404, { message: 'Not Found' }];
    response.writeHead(status, headers).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.close = () => void server.close();
  return state;
}

/** A problem as the API answers with it. */
export const problem = (status: number, code: string, headers = {}): Answer => [
  status,
  { type: 'about:blank', title: 'A title.', status, code, requestId: 'r-1' },
  headers,
];
