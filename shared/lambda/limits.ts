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
  private readonly ip: string;
  private readonly guesses: { what: string; who: string }[] = [];

  constructor({ name = '', limits = [] }: Checks & { name?: string }, ip: string) {
    this.name = name;
    this.limits = limits;
    this.ip = ip;
  }

  /** Counts the request for these subjects, in the order of the limits. Throws `too_many_requests`. */
  readonly count = async (subjects: Subjects, { knownNetwork = false } = {}): Promise<void> => {
    for (const limit of this.limits) {
      const who = this.whoOf(limit, subjects);
      if (who === undefined || (knownNetwork && limit.exceptKnownNetworks)) continue;
      const what = nameOf(this.name, limit);
      await requireAllowance(what, who, allowanceOf(limit));
      if (limit.counts === 'wrong guesses') this.guesses.push({ what, who });
    }
  };

  /** Undefined if this is not among the subjects. */
  private whoOf({ per }: Limit, subjects: Subjects): string | undefined {
    if (per !== 'login+ip') return subjects[per];
    return subjects.login && `${subjects.login}#${this.ip}`;
  }

  /** Runs the work, then takes back the counts of guesses unless it was refused as a wrong one. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      await this.guessedRight();
      return result;
    } catch (error) {
      if (!isWrongGuess(toProblem(error))) await this.guessedRight();
      throw error;
    }
  }

  /** Takes back the counts of guesses. */
  readonly guessedRight = async (): Promise<void> => {
    await Promise.all(this.guesses.splice(0).map(({ what, who }) => uncountUse(what, who)));
  };
}
