import type { Endpoint, ResponseOf } from '#shared/contract/endpoint.ts';
import { answerProblems } from './answer-problems.ts';
import { chain } from './chain.ts';
import { logRequest, type RestEvent, type RestResult } from './log-request.ts';

/** The Lambda handler of an endpoint with a fixed answer: it checks nothing and needs no table. */
export function staticJson<E extends Endpoint & { access: 'public' }>(_contract: E, json: ResponseOf<E>) {
  const body = JSON.stringify(json);
  const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' };
  return chain<RestEvent, RestResult>()
    .use(logRequest())
    .use(answerProblems())
    .handler(async () => ({ statusCode: 200, headers: { ...headers }, body }));
}
