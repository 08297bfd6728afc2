import type { Account } from './account.ts';
import { queues } from './assumptions.ts';
import { at } from './clock.ts';
import type { LambdaFunction } from './lambda.ts';
import { between } from './random.ts';

/** A queue of SQS, and the function that Lambda invokes with batches from it, at most so many at once. */
export class Queue {
  /** Milliseconds from when each event was due until it was done. */
  readonly waits: number[] = [];
  maxWaiting = 0;
  private readonly account: Account;
  private readonly worker: LambdaFunction<number>;
  private readonly maxConcurrency: number;
  private running = 0;
  /** When the events that wait were due. */
  private due: number[] = [];

  constructor(account: Account, maxConcurrency: number, worker: LambdaFunction<number>) {
    this.account = account;
    this.maxConcurrency = maxConcurrency;
    this.worker = worker;
  }

  enqueue(delayMs: number): void {
    this.account.now.events++;
    at(Date.now() + delayMs + between(queues.receive), () => {
      this.due.push(Date.now());
      this.maxWaiting = Math.max(this.maxWaiting, this.due.length);
      this.poll();
    });
  }

  private poll(): void {
    while (this.due.length > 0 && this.running < this.maxConcurrency) {
      const batch = this.due.slice(0, queues.batch);
      const run = this.worker.invoke(batch.length);
      // Lambda has no environment left: SQS keeps the events.
      if (!run) {
        at(Date.now() + queues.retry, () => this.poll());
        return;
      }
      this.due = this.due.slice(batch.length);
      this.running++;
      void run.then(() => this.end(batch));
    }
  }

  private end(batch: number[]): void {
    this.running--;
    this.account.now.events -= batch.length;
    for (const dueAt of batch) this.waits.push(Date.now() - dueAt);
    this.poll();
  }
}
