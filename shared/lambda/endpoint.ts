import type { Checks, RequestOf, ResponseOf } from '#shared/contract/endpoint.ts';
import { answerProblems } from './answer-problems.ts';
import { authenticate } from './authenticate.ts';
import { chain } from './chain.ts';
import { clientAddress } from './client-address.ts';
import { RequestLimits } from './limits.ts';
import { logRequest, type RestEvent, type RestResult } from './log-request.ts';
import { parseRequest } from './parse-request.ts';
import { requireSwitchedOn } from './switches.ts';

/**
 * The Lambda handler of a REST endpoint. `handle` gets what has passed the contract's checks and returns the body of the
 * 200 response; what it throws becomes a problem response.
 */
export function endpoint<E extends Checks>(contract: E, handle: (request: RequestOf<E>) => Promise<ResponseOf<E>>) {
  return chain<RestEvent, RestResult>()
    .use(logRequest())
    .use(answerProblems())
    .handler(async (event) => {
      const address = clientAddress(event);
      // One after the other: what is still being read when the other one fails would go on with the next event.
      await requireSwitchedOn(contract.feature);
      const caller = await authenticate(contract, event);
      const input = parseRequest(contract, event);
      const limits = new RequestLimits(contract, address);
      const response = await limits.around(async () => {
        await limits.count({ ...address, ...(caller && { user: caller.userId }) });
        const { headers } = event;
        const { network } = address;
        const { count, uncountGuesses } = limits;
        return handle({ ...input, ...caller, headers, network, count, uncountGuesses } as RequestOf<E>);
      });
      return {
        statusCode: 200,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify(response),
      };
    });
}
