import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Checks, Limit, Subjects } from '#shared/contract/endpoint.ts';
import { count, uncount } from '#shared/data/limits.ts';
import { type Problem, toProblem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import { clientIp } from './client-ip.ts';
import type { RestEvent } from './rest.ts';

/** Whether it refuses a wrong password, code or invite. No other refusal tells whether a guess was right. */
const isWrongGuess = ({ status }: Problem) => status === 401 || status === 404;

/** With the time, because two limits of an endpoint may count the same subject over different times. */
const nameOf = (endpoint: string, { per, within }: Limit) => `${endpoint}:${per}:${within}`;

/**
 * Counts a request against the limits that its contract declares, in their order. Limits per address and user are
 * counted before the handler, which counts the others itself. A guess is counted before it is checked, so that a
 * hundred at once count as a hundred, and the count is undone if the guess wasn't wrong.
 */
export function limitRequests({
  name = '',
  limits = [],
}: Checks & { name?: string }): MiddlewareObj<RestEvent, APIGatewayProxyStructuredResultV2> {
  const spend = async (event: RestEvent, subjects: Subjects) => {
    for (const limit of limits) {
      const subject = subjects[limit.per];
      if (subject === undefined) continue;
      const { allow, within, counts } = limit;
      const what = nameOf(name, limit);
      await count(what, subject, { within, allow: typeof allow === 'number' ? allow : settings.limit[allow]() });
      if (counts === 'wrong guesses') event.guesses?.push(() => uncount(what, subject));
    }
  };
  const takeBack = async ({ guesses = [] }: RestEvent) => {
    await Promise.all(guesses.map((undo) => undo()));
  };
  return {
    before: async ({ event }) => {
      event.guesses = [];
      event.count = (subjects) => spend(event, subjects);
      const perIp = limits.some(({ per }) => per === 'ip');
      await spend(event, { ...(perIp && { ip: clientIp(event) }), ...(event.userId && { user: event.userId }) });
    },
    after: ({ event }) => takeBack(event),
    onError: async ({ event, error }) => {
      if (!isWrongGuess(toProblem(error))) await takeBack(event);
    },
  };
}
