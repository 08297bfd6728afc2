import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { beginInvocation, endInvocation } from '#shared/platform/invocation-log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { type Problem, toProblem } from '#shared/platform/problem.ts';

/** Only $connect has a query string, the handshake's. */
export type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  queryStringParameters?: Record<string, string>;
  userId?: string;
  chatId?: string;
};
type SocketMiddleware = MiddlewareObj<SocketEvent, APIGatewayProxyStructuredResultV2>;

/** Logs one line per frame, whether it succeeds or not, without the frame's text or the handshake's query string. */
export function logFrame(): SocketMiddleware {
  const end = ({ requestContext, userId, chatId }: SocketEvent, problem?: Problem) => {
    const { connectionId } = requestContext;
    const { status = 200, code, cause } = problem ?? {};
    const fields = { status, code, userId, chatId, connectionId };
    const broken = status >= 500;
    if (broken) countMetric('Faults');
    endInvocation('frame', fields, broken ? (cause ?? problem) : undefined);
  };
  return {
    before: ({ event }) => {
      const { routeKey, requestId } = event.requestContext;
      beginInvocation({ route: routeKey, requestId, correlationId: requestId });
    },
    after: ({ event }) => end(event),
    onError: ({ event, error }) => end(event, toProblem(error)),
  };
}
