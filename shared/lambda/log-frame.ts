import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { beginInvocation, endInvocation } from '#shared/platform/invocation-log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { faultIn, type Problem, toProblem } from '#shared/platform/problem.ts';

/** A handshake or a frame as API Gateway hands it over. Only $connect has a query string, the handshake's. */
export type SocketEvent = APIGatewayProxyWebsocketEventV2 & { queryStringParameters?: Record<string, string> };
export type SocketResult = APIGatewayProxyStructuredResultV2;

/** Logs one line per frame, whether it succeeds or not, without the frame's text or the handshake's query string. */
export function logFrame(): MiddlewareObj<SocketEvent, SocketResult> {
  const end = ({ requestContext: { connectionId } }: SocketEvent, problem?: Problem) => {
    const { status = 200, code } = problem ?? {};
    const fault = faultIn(problem);
    if (fault !== undefined) countMetric('Faults');
    endInvocation('frame', { status, code, connectionId }, fault);
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
