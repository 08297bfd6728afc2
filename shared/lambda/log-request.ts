import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { beginInvocation, endInvocation, identify } from '#shared/platform/invocation-log.ts';
import { faultIn, type Problem, toProblem } from '#shared/platform/problem.ts';
import { clientAddress } from './client-address.ts';

/** An HTTP request as API Gateway hands it over (payload format 2.0). */
export type RestEvent = APIGatewayProxyEventV2;
export type RestResult = APIGatewayProxyStructuredResultV2;
export type RestMiddleware = MiddlewareObj<RestEvent, RestResult>;

/** Every answer has these: browsers take JSON for nothing else, and come back only over TLS. */
const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000',
};

/**
 * Logs one line per request, whether it succeeds or not, and gives the client the id to find it by. The line has the
 * client's network, but no body, header, query string or path, because clients may write anything into a path.
 */
export function logRequest(): RestMiddleware {
  const end = ({ requestContext: { requestId } }: RestEvent, response: RestResult, problem?: Problem) => {
    response.headers = { ...response.headers, ...securityHeaders, 'x-request-id': requestId };
    endInvocation('request', { status: response.statusCode, code: problem?.code }, faultIn(problem));
  };
  return {
    before: ({ event }) => {
      const { routeKey, requestContext } = event;
      const { requestId } = requestContext;
      beginInvocation({ route: routeKey, requestId, correlationId: requestId });
      identify({ network: clientAddress(event).network });
    },
    after: ({ event, response }) => end(event, response ?? {}),
    onError: ({ event, response, error }) => end(event, response ?? {}, toProblem(error)),
  };
}
