import type { Check } from './check.ts';
import { checks } from './checks/index.ts';
import { explain } from './failure.ts';
import { type Finding, unknown } from './finding.ts';
import type { Target } from './target.ts';

export interface Result {
  check: Check;
  finding: Finding;
}

/** What becomes of the other checks when the account cannot be asked. */
export const notAsked = unknown('not_asked', 'Not checked, because of the account.');

/** Runs a check. A failed request becomes its finding. */
export async function runCheck(check: Check, target: Target): Promise<Finding> {
  const text = check.unusedBecause?.(target.config, target.region);
  if (text !== undefined) return { status: 'unused', text };
  return check.run(target).catch(explain);
}

/** Runs all checks at the same time, unless the account cannot be asked. Calls `progress` whenever one has ended. */
export async function runChecks(target: Target, progress: (done: number) => void = () => {}): Promise<Result[]> {
  const [first, ...others] = checks;
  const account = await runCheck(first, target);
  let done = 1;
  progress(done);
  const rest = others.map(async (check): Promise<Result> => {
    const unused = check.unusedBecause?.(target.config, target.region) !== undefined;
    const canAsk = unused || account.status === 'ok';
    const finding = canAsk ? await runCheck(check, target) : notAsked;
    progress(++done);
    return { check, finding };
  });
  return [{ check: first, finding: account }, ...(await Promise.all(rest))];
}
