import type { Config } from '../config.ts';
import type { Finding } from './finding.ts';
import type { Target } from './target.ts';

export interface Check<Code extends string = string> {
  name: string;
  title: string;
  /** The IAM actions that it needs: docs/deploy.md has a policy of all of them. */
  actions: readonly string[];
  /** The codes of what it may find. */
  codes: readonly Code[];
  /** Why a stage with these settings does not need the check; undefined if it does. */
  unusedBecause?(config: Config, region: string): string | undefined;
  /** Throws a `Failure` if a request failed. */
  run(target: Target): Promise<Finding<NoInfer<Code>>>;
}

/** A check whose findings have no other codes than those it names. */
export const defineCheck = <const Code extends string>(check: Check<Code>): Check => check;
