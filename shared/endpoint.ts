import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Checks, RequestOf, ResponseOf } from './contract/endpoint.ts';
import { answerProblems, authenticate, logRequest, type RestEvent, validate } from './middleware/rest.ts';

/**
 * The Lambda handler of a REST endpoint. `handle` gets what has passed the contract's checks and gives the body of the
 * 200 response; what it throws becomes a problem response.
 */
export function endpoint<E extends Checks>(
  contract: E,
  handle: (request: RequestOf<E>, event: RestEvent) => Promise<ResponseOf<E>>,
) {
  return middy<RestEvent, APIGatewayProxyStructuredResultV2>()
    .use(logRequest())
    .use(answerProblems())
    .use(authenticate(contract))
    .use(validate(contract))
    .handler(async (event) => ({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await handle({ ...event.input, userId: event.userId } as RequestOf<E>, event)),
    }));
}
