import type { Checks, Limit, Subjects } from '#shared/contract/endpoint.ts';
import { type Allowance, countUse, uncountUse } from '#shared/data/limits.ts';
import { Problem, toProblem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';

/** Counts one `what` by `who`. Throws `too_many_requests`. */
export async function requireAllowance(what: string, who: string, allowance: Allowance): Promise<void> {
  const usedUp = await countUse(what, who, allowance);
  if (usedUp) throw new Problem('too_many_requests', { retryAfter: usedUp.retryAfter });
}

/** Whether it refuses a wrong password, code or invite. No other refusal tells whether a guess was right. */
const isWrongGuess = ({ status }: Problem) => status === 401 || status === 404;

/** Includes the time, because two limits of an endpoint may count the same subject over different times. */
const nameOf = (endpoint: string, { per, within }: Limit) => `${endpoint}:${per}:${within}`;

const allowanceOf = ({ allow, within }: Limit): Allowance => ({
  within,
  allow: typeof allow === 'number' ? allow : settings.limit[allow](),
});

/**
 * The limits that an endpoint's contract declares, for one request. A guess is counted before it is checked, so that a
 * hundred at once count as a hundred, and the count is taken back if the guess wasn't wrong.
 */
export class RequestLimits {
  private readonly name: string;
  private readonly limits: readonly Limit[];
  private readonly guesses: { what: string; who: string }[] = [];

  constructor({ name = '', limits = [] }: Checks & { name?: string }) {
    this.name = name;
    this.limits = limits;
  }

  /** Counts the request for these subjects, in the order of the limits. Throws `too_many_requests`. */
  readonly count = async (subjects: Subjects): Promise<void> => {
    for (const limit of this.limits) {
      const who = subjects[limit.per];
      if (who === undefined) continue;
      const what = nameOf(this.name, limit);
      await requireAllowance(what, who, allowanceOf(limit));
      if (limit.counts === 'wrong guesses') this.guesses.push({ what, who });
    }
  };

  readonly has = (per: Limit['per']): boolean => this.limits.some((limit) => limit.per === per);

  /** Runs the work, then takes back the counts of guesses unless it was refused as a wrong one. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      await this.takeBack();
      return result;
    } catch (error) {
      if (!isWrongGuess(toProblem(error))) await this.takeBack();
      throw error;
    }
  }

  private async takeBack(): Promise<void> {
    await Promise.all(this.guesses.splice(0).map(({ what, who }) => uncountUse(what, who)));
  }
}
