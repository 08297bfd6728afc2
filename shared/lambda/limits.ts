import type { Checks, Limit, Subjects } from '#shared/contract/endpoint.ts';
import { type Allowance, countUse, uncountUse } from '#shared/data/limits.ts';
import { Problem, toProblem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import type { ClientAddress } from './client-address.ts';

/** Counts one `what` by `who`. Throws `too_many_requests`. */
export async function requireAllowance(what: string, who: string, allowance: Allowance): Promise<void> {
  const usedUp = await countUse(what, who, allowance);
  if (usedUp) throw new Problem('too_many_requests', { retryAfter: usedUp.retryAfter });
}

/** Whether it refuses a wrong password, code or invite. No other refusal tells whether a guess was right. */
const isWrongGuess = ({ status }: Problem) => status === 401 || status === 404;

/** Includes the time, because two limits of an endpoint may count the same subject over different times. */
const nameOf = (endpoint: string, { per, within }: Limit) => `${endpoint}:${per}:${within}`;

interface Use {
  what: string;
  who: string;
}

async function uncountAll(counted: Use[]): Promise<void> {
  await Promise.all(counted.map(({ what, who }) => uncountUse(what, who)));
}

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
  private readonly address: ClientAddress;
  private readonly guesses: Use[] = [];
  private readonly deeds: Use[] = [];

  constructor({ name = '', limits = [] }: Checks & { name?: string }, address: ClientAddress) {
    this.name = name;
    this.limits = limits;
    this.address = address;
  }

  /**
   * Counts the request for these subjects, in the order of the limits; a request that one of them refuses is counted by
   * none. Throws `too_many_requests`.
   */
  readonly count = async (subjects: Subjects, { knownNetwork = false } = {}): Promise<void> => {
    const counted: (Use & { counts: Limit['counts'] })[] = [];
    for (const limit of this.limits) {
      const subject = { ...subjects, 'login+ip': subjects.login && `${subjects.login}#${this.address.ip}` }[limit.per];
      if (subject === undefined) continue;
      const what = nameOf(this.name, limit);
      const who = knownNetwork && limit.apartInKnownNetworks ? `${subject}#${this.address.network}` : subject;
      await requireAllowance(what, who, allowanceOf(limit)).catch(async (error) => {
        await uncountAll(counted);
        throw error;
      });
      counted.push({ what, who, counts: limit.counts });
    }
    this.guesses.push(...counted.filter(({ counts }) => counts === 'wrong guesses'));
    this.deeds.push(...counted.filter(({ counts }) => counts === 'what was done'));
  };

  /** Runs the work, then takes back the counts of guesses unless it was refused as a wrong one, and of deeds if it failed. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      await this.uncountGuesses();
      return result;
    } catch (error) {
      const problem = toProblem(error);
      if (!isWrongGuess(problem)) await this.uncountGuesses();
      if (problem.details.nothingDone) await uncountAll(this.deeds);
      throw error;
    }
  }

  /** Takes back the counts of guesses. */
  readonly uncountGuesses = (): Promise<void> => uncountAll(this.guesses.splice(0));
}
