import { setTimeout as sleep } from 'node:timers/promises';
import { NoConcurrency } from '../../../infra/local/aws/lambda/lambda.ts';
import type { Erasure } from './erasure.ts';

/** How often Lambda runs a function that fails. */
const maxFailures = 3;
/** How long Lambda waits for free concurrency, milliseconds; on AWS longer, and each time more. */
const throttledMs = 200;

/** The asynchronous invocations of `deliver` in a history. */
export class Deliveries {
  private underWay: Promise<unknown>[] = [];
  private readonly deliver: (event: unknown) => Promise<unknown>;
  private readonly gaveUp: () => void;
  private readonly erasure: Pick<Erasure, 'during' | 'event'>;

  constructor(world: {
    deliver: (event: unknown) => Promise<unknown>;
    gaveUp: () => void;
    erasure: Pick<Erasure, 'during' | 'event'>;
  }) {
    this.deliver = world.deliver;
    this.gaveUp = world.gaveUp;
    this.erasure = world.erasure;
  }

  /** Lambda takes an event, and hands it over until it was done, three times at most; sometimes it does all that twice. */
  begin(event: unknown, times: number): void {
    this.erasure.event(JSON.stringify(event));
    for (let n = 0; n < times; n++) this.underWay.push(this.untilDone(event));
  }

  private async untilDone(event: unknown): Promise<void> {
    for (let failures = 0; failures < maxFailures; ) {
      const error = await this.erasure
        .during(() => this.deliver(event))
        .then(
          () => undefined,
          (reason: Error) => reason,
        );
      if (!error) return;
      // As many events as a crowd causes use up the function's concurrency. Lambda keeps those that have to wait.
      if (error instanceof NoConcurrency) await sleep(throttledMs);
      else failures++;
    }
    this.gaveUp();
  }

  /** Also those that others have begun. */
  async allDone(): Promise<void> {
    for (let pending = this.underWay; pending.length > 0; pending = this.underWay) {
      this.underWay = [];
      await Promise.all(pending);
    }
  }
}
