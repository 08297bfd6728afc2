import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Json } from '../api-client.ts';

/** How a peer behaves: answers like API Gateway with a status, breaks the connection, or never answers. The last of a list goes on for ever. */
type Behavior = number | 'silent' | 'broken';

/** API Gateway's `@connections` for functions that run alone: remembers what was posted, and can fail like the real one. */
class ConnectionsStandIn {
  url = '';
  private readonly posted = new Map<string, Json[]>();
  private readonly closings = new Set<string>();
  private readonly refusedClosings = new Map<string, number>();
  private readonly behaviors = new Map<string, Behavior[]>();
  private readonly waits = new Map<string, () => Promise<unknown>>();

  /** What the connection has received. */
  received(connectionId: string): Json[] {
    return this.posted.get(connectionId) ?? [];
  }

  /** Whether the connection was closed from our side. */
  closed(connectionId: string): boolean {
    return this.closings.has(connectionId);
  }

  behave(connectionId: string, ...behaviors: Behavior[]): void {
    this.behaviors.set(connectionId, behaviors);
  }

  /** Waits for this before each answer to a post, which has arrived. */
  onPost(connectionId: string, work: () => Promise<unknown>): void {
    this.waits.set(connectionId, work);
  }

  /** Answers the next attempt to close the connection with this status. */
  refuseClosing(connectionId: string, status: number): void {
    this.refusedClosings.set(connectionId, status);
  }

  async start(): Promise<this> {
    const server = createServer(async (request, response) => {
      const connectionId = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
      const body = await text(request);
      if (request.method === 'DELETE') this.close(connectionId, response);
      else await this.answer(connectionId, body, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.unref();
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
    return this;
  }

  private close(connectionId: string, response: ServerResponse): void {
    const refusal = this.refusedClosings.get(connectionId);
    this.refusedClosings.delete(connectionId);
    if (refusal === undefined) this.closings.add(connectionId);
    response.writeHead(refusal ?? 204).end();
  }

  private async answer(connectionId: string, body: string, response: ServerResponse): Promise<void> {
    const behaviors = this.behaviors.get(connectionId) ?? [200];
    const behavior = behaviors.length > 1 ? behaviors.shift() : behaviors[0];
    if (behavior === 'silent') return;
    if (behavior === 'broken') return void response.destroy();
    if (behavior === 200) this.posted.set(connectionId, [...this.received(connectionId), JSON.parse(body)]);
    await this.waits.get(connectionId)?.();
    const type = { 410: 'GoneException', 429: 'LimitExceededException', 403: 'ForbiddenException' }[behavior ?? 0];
    response.writeHead(behavior ?? 200, type ? { 'x-amzn-errortype': type } : {});
    response.end(type ? JSON.stringify({ message: type }) : '');
  }
}

export const standIn = await new ConnectionsStandIn().start();
