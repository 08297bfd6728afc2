import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { log } from '../log.ts';
import { type Problem, toProblem } from '../problem.ts';

/** $connect alone also has the handshake's query string. */
export type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  queryStringParameters?: Record<string, string>;
  userId?: string;
};
type SocketMiddleware = MiddlewareObj<SocketEvent, APIGatewayProxyStructuredResultV2>;

/** One line a frame, whatever becomes of it; its text and the handshake's query string are never in it. */
export function logFrame(): SocketMiddleware {
  let startedAt = 0;
  const write = (event: SocketEvent, error?: Problem) => {
    const { requestId, routeKey, connectionId } = event.requestContext;
    const fields = {
      requestId,
      route: routeKey,
      connectionId,
      status: error?.status ?? 200,
      durationMs: Date.now() - startedAt,
      userId: event.userId,
      code: error?.code,
    };
    if (error && error.status >= 500) log.error('frame', { ...fields, error: error.cause });
    else log.info('frame', fields);
  };
  return {
    before: () => {
      startedAt = Date.now();
    },
    after: ({ event }) => write(event),
    onError: ({ event, error }) => write(event, toProblem(error)),
  };
}
