import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Checks, RequestOf, ResponseOf } from '#shared/contract/endpoint.ts';
import { chain } from './chain.ts';
import { authenticate, validate } from './checks.ts';
import { limitRequests } from './limits.ts';
import { answerProblems, logRequest, type RestEvent } from './rest.ts';

/**
 * The Lambda handler of a REST endpoint. `handle` gets what has passed the contract's checks and gives the body of the
 * 200 response; what it throws becomes a problem response.
 */
export function endpoint<E extends Checks>(
  contract: E,
  handle: (request: RequestOf<E>, event: RestEvent) => Promise<ResponseOf<E>>,
) {
  return chain<RestEvent, APIGatewayProxyStructuredResultV2>()
    .use(logRequest())
    .use(answerProblems())
    .use(authenticate(contract))
    .use(validate(contract))
    .use(limitRequests(contract))
    .handler(async (event) => {
      const { input, userId, sessionId, count } = event;
      const response = await handle({ ...input, userId, sessionId, count } as RequestOf<E>, event);
      return {
        statusCode: 200,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify(response),
      };
    });
}
