import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Endpoint, ResponseOf } from '#shared/contract/endpoint.ts';
import { answerProblems, logRequest, type RestEvent } from './rest.ts';

/** The Lambda handler of an endpoint with a fixed answer: it checks nothing and needs no table. */
export function staticJson<E extends Endpoint & { access: 'public' }>(_contract: E, json: ResponseOf<E>) {
  const body = JSON.stringify(json);
  const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' };
  return middy<RestEvent, APIGatewayProxyStructuredResultV2>()
    .use(logRequest())
    .use(answerProblems())
    .handler(async () => ({ statusCode: 200, headers: { ...headers }, body }));
}
