import type { MiddlewareObj } from '@middy/core';
import { countMetric } from '#shared/platform/metrics.ts';
import { toProblem } from '#shared/platform/problem.ts';

/** The statuses of a wrong password or code, and of too many guesses. */
const refusals = new Set([401, 429]);

/** Counts logins and refused logins, wherever in the chain they were refused. */
export function countLogins(): MiddlewareObj {
  return {
    after: () => countMetric('Logins'),
    onError: ({ error }) => {
      if (refusals.has(toProblem(error).status)) countMetric('LoginsRefused');
    },
  };
}
