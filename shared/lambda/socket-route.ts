import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ErrorFrame, PongFrame } from '#shared/contract/websocket/index.ts';
import { type Problem, toProblem } from '#shared/platform/problem.ts';
import { chain } from './chain.ts';
import { logFrame, type SocketEvent } from './websocket.ts';

type Result = APIGatewayProxyStructuredResultV2;

/** Tells the client of a problem: by the handshake's status, by the route's response or by a post to the connection. */
export type RefusalHandler = (problem: Problem, event: SocketEvent) => Result | Promise<Result>;

/** What a route answers that has nothing to say. */
export const done: Result = { statusCode: 200 };

/** The Lambda handler of a WebSocket route. Whatever `handle` throws, `refuse` tells; the connection stays open. */
export function socketRoute(handle: (event: SocketEvent) => Promise<Result>, refuse: RefusalHandler) {
  return chain<SocketEvent, Result>()
    .use(logFrame())
    .onError(async (request) => {
      request.response = await refuse(toProblem(request.error), request.event);
    })
    .handler(handle);
}

/** A refused $connect: the status is the handshake's. */
export const refuseHandshake: RefusalHandler = ({ status, code, message }) => ({
  statusCode: status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: 'about:blank', title: message, status, code }),
});

/** For routes with a route response: what they return is sent to the client. */
export const answer = (frame: PongFrame | ErrorFrame): Result => ({ statusCode: 200, body: JSON.stringify(frame) });

/** What a refused frame is answered with; its clientId tells the sender which message it was. */
export function errorFrame({ code, message }: Problem, { body }: SocketEvent): ErrorFrame {
  const clientId = clientIdOf(body);
  return { type: 'error', code, message, ...(clientId !== undefined && { clientId }) };
}

/** The frame may be anything at all. */
function clientIdOf(body: string | undefined): string | undefined {
  try {
    const frame: unknown = JSON.parse(body ?? '');
    const clientId = typeof frame === 'object' && frame !== null && 'clientId' in frame ? frame.clientId : undefined;
    return typeof clientId === 'string' && clientId.length <= 256 ? clientId : undefined;
  } catch {
    return undefined;
  }
}
