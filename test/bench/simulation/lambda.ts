import type { Account } from './account.ts';
import { type Quotas, lambda as takes } from './assumptions.ts';
import { at, sleep } from './clock.ts';
import { Environment, runIn } from './environment.ts';
import { Quota } from './quota.ts';
import { between } from './random.ts';

/** A function, its environments and the events that wait for them. `core` is the share of one that each has. */
export class LambdaFunction<Event> {
  private readonly account: Account;
  private readonly core: number;
  private readonly handler: (event: Event) => Promise<void>;
  private readonly idle: Environment[] = [];
  private readonly scaling: Quota;

  constructor(
    account: Account,
    core: number,
    newEnvironments: Quotas['newEnvironments'],
    handler: (event: Event) => Promise<void>,
  ) {
    this.account = account;
    this.core = core;
    this.scaling = new Quota(newEnvironments);
    this.handler = handler;
  }

  forgetEnvironments(): void {
    this.idle.length = 0;
  }

  /** Undefined if no environment is available. */
  invoke(event: Event): Promise<void> | undefined {
    const { account } = this;
    if (account.now.environments >= account.concurrency) return undefined;
    if (this.idle.length === 0 && !this.scaling.take()) return undefined;
    account.counts.maxEnvironments = Math.max(account.counts.maxEnvironments, ++account.now.environments);
    return this.run(event);
  }

  /** Takes an event, which comes until it is done or given up. */
  invokeLater(event: Event): void {
    this.account.now.events++;
    const takenAt = Date.now();
    at(takenAt + between(takes.event), () => this.take(event, takenAt, 0, takes.throttled.first));
  }

  private take(event: Event, takenAt: number, failures: number, wait: number): void {
    const again = (after: number, failed: number, next: number) =>
      at(Date.now() + after, () => this.take(event, takenAt, failed, next));
    const run = this.invoke(event);
    if (run) {
      const failed = () => {
        const pause = takes.failed[failures];
        this.account.counts.failedEvents++;
        if (pause) again(pause, failures + 1, takes.throttled.first);
        else this.account.now.events--;
      };
      void run.then(() => this.account.now.events--, failed);
    } else if (Date.now() - takenAt > takes.throttled.oldest) this.account.now.events--;
    else again(wait, failures, Math.min(wait * 2, takes.throttled.most));
  }

  private async run(event: Event): Promise<void> {
    const { account } = this;
    const startedAt = Date.now();
    const kept = this.idle.pop();
    const used = kept ?? new Environment(account, this.core);
    try {
      if (!kept) await sleep(takes.coldStart);
      const begunAt = Date.now();
      account.counts.invocations++;
      await runIn(used, () => this.handler(event));
      if (Date.now() - begunAt > takes.timeout) throw new Error('Lambda would have ended this');
    } finally {
      account.now.environments--;
      account.counts.lambdaMs += Date.now() - startedAt;
      this.idle.push(used);
    }
  }
}
