import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Json } from '../api-client.ts';

/** How the provider behaves for one request. */
export interface Behavior {
  /** Another status than 200. */
  status?: number;
  headers?: Record<string, string>;
  /** The whole body, instead of the events of OpenAI: for servers with a form of their own. */
  body?: string;
  /** Pieces of the text, one a chunk. */
  pieces?: string[];
  refusal?: string;
  tool?: { name: string; arguments: string };
  tokens?: number;
  /** Milliseconds before each chunk. */
  pause?: number;
  /** Never answers; or stops after the text, with the connection open or closed; or sends invalid JSON. */
  fault?: 'silent' | 'stalled' | 'cut' | 'nonsense';
}

/** An OpenAI-compatible provider that does as it is told, and remembers what it was asked. */
class OpenaiStandIn {
  url = '';
  /** The bodies of the requests. */
  readonly requests: Json[] = [];
  private behaviorFor: (request: Json) => Behavior = () => ({ pieces: ['fine'] });

  /** For all requests from now on. */
  behave(behavior: Behavior | ((request: Json) => Behavior)): void {
    this.behaviorFor = typeof behavior === 'function' ? behavior : () => behavior;
    this.requests.length = 0;
  }

  async start(): Promise<this> {
    const server = createServer(async (request, response) => {
      const asked: Json = JSON.parse(await text(request));
      this.requests.push(asked);
      await this.answer(response, this.behaviorFor(asked));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.unref();
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    return this;
  }

  private async answer(response: ServerResponse, behavior: Behavior): Promise<void> {
    const { status = 200, headers = {}, body, pieces = [], refusal, tool, tokens = 10, pause = 0, fault } = behavior;
    if (fault === 'silent') return;
    if (body !== undefined) {
      response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
      if (!fault) response.end(body);
      else response.write(body, () => fault === 'cut' && response.destroy());
      return;
    }
    if (status !== 200) {
      const error = JSON.stringify({ error: { message: 'told to fail', code: 'told' } });
      return void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(error);
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (choices: object[], more: object = {}) =>
      response.write(`data: ${JSON.stringify({ object: 'chat.completion.chunk', choices, ...more })}\n\n`);
    for (const content of pieces) {
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
      send([{ index: 0, delta: { content } }]);
    }
    if (fault === 'nonsense') response.write('data: {"choices": [}\n\n');
    if (fault === 'stalled') return;
    if (fault === 'cut') return void response.end();
    if (refusal) send([{ index: 0, delta: { refusal } }]);
    // The arguments come in two halves, as they do.
    const half = Math.ceil((tool?.arguments.length ?? 0) / 2);
    const call = (part: object) => send([{ index: 0, delta: { tool_calls: [{ index: 0, function: part }] } }]);
    if (tool) call({ name: tool.name, arguments: tool.arguments.slice(0, half) });
    if (tool) call({ arguments: tool.arguments.slice(half) });
    send([{ index: 0, delta: {}, finish_reason: 'stop' }]);
    send([], { usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: tokens } });
    response.end('data: [DONE]\n\n');
  }
}

export const openai = await new OpenaiStandIn().start();
