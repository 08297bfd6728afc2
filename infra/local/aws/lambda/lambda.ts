import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Chaos, calm } from '../chaos.ts';
import type { FunctionConfig } from '../cloudformation/functions.ts';
import { ExecutionEnvironment } from './execution-environment.ts';
import type { Outcome } from './lambda-worker.ts';

/** A function failed: it threw, timed out or could not be loaded. */
class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

/** The caller stopped waiting. The function continues until its own timeout, as on AWS. */
export class GatewayTimeout extends Error {
  override readonly name = 'GatewayTimeout';
}

/** Lambda did not run the function, because all of its concurrency is in use. */
export class NoConcurrency extends Error {
  override readonly name = 'NoConcurrency';
}

/** How many events of one function run at once. Further events wait, as if the function had reserved concurrency. */
const concurrency = 8;
/** How long a cold start takes that is due to `--chaos`. Without it, a worker is ready in a fifth of that. */
const coldStartMs = 1000;
/** How long a worker without work is kept. */
const idleTimeoutMs = 5 * 60_000;

/** One function with its execution environments, each of which handles one event at a time. */
export class LocalLambda {
  private readonly config: FunctionConfig;
  private readonly environment: Record<string, string>;
  private readonly log: (text: string) => unknown;
  private readonly chaos: Chaos;
  /** Each with the timer that ends it. */
  private readonly idle = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  /** By the session token of their credentials, which differs per execution environment, as on AWS. */
  private readonly workers = new Map<string, ExecutionEnvironment>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private closed = false;

  /** `log` gets what the function writes to its standard output. */
  constructor(
    config: FunctionConfig,
    environment: Record<string, string>,
    log: (text: string) => unknown,
    chaos: Chaos = calm,
  ) {
    this.config = config;
    this.environment = environment;
    this.log = log;
    this.chaos = chaos;
  }

  /**
   * Returns what the handler returns for the event, after a trip through JSON. Throws if it fails, takes too long or has no
   * free concurrency.
   */
  async invoke(event: unknown, timeoutMs: number): Promise<unknown> {
    const over = new AbortController();
    const late = sleep(timeoutMs, undefined, { signal: over.signal }).then(() => {
      throw new GatewayTimeout(`${this.config.name}: API Gateway does not wait longer than ${timeoutMs / 1000} s`);
    });
    try {
      return await Promise.race([this.execute(event), late]);
    } finally {
      over.abort();
    }
  }

  private async execute(event: unknown): Promise<unknown> {
    if (this.closed) throw new FunctionError(`${this.config.name} has been stopped`);
    this.requireConcurrency();
    if (this.running >= concurrency) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running++;
    try {
      const worker = await this.findWorker();
      const outcome = await this.run(worker, event);
      this.keepIdle(worker);
      if ('result' in outcome) return outcome.result;
      throw new FunctionError(`${this.config.name}: ${outcome.errorType}: ${outcome.errorMessage}`);
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  private requireConcurrency(): void {
    const { name, concurrency: reserved = Number.POSITIVE_INFINITY } = this.config;
    const used = this.running + this.waiting.length;
    if (used >= reserved || this.chaos.strikes('noConcurrency', name))
      throw new NoConcurrency(`${name} has no free concurrency`);
  }

  private async findWorker(): Promise<ExecutionEnvironment> {
    const isCold = this.chaos.strikes('coldStart', this.config.name);
    const idle = this.takeIdleWorker();
    if (idle && !isCold) return idle;
    void idle?.terminate();
    if (isCold) await sleep(coldStartMs);
    return this.startWorker();
  }

  private startWorker(): ExecutionEnvironment {
    const sessionToken = randomUUID();
    const environment = { ...this.environment, AWS_SESSION_TOKEN: sessionToken };
    const worker = new ExecutionEnvironment(this.config, environment, this.log);
    this.workers.set(sessionToken, worker);
    worker.once('exit', () => {
      this.workers.delete(sessionToken);
      this.idle.delete(worker);
    });
    return worker;
  }

  /** The worker that was used last: its caches are the warmest, and the others can expire. */
  private takeIdleWorker(): ExecutionEnvironment | undefined {
    const last = [...this.idle].at(-1);
    if (!last) return undefined;
    const [worker, timer] = last;
    clearTimeout(timer);
    this.idle.delete(worker);
    return worker;
  }

  private async run(worker: ExecutionEnvironment, event: unknown): Promise<Outcome> {
    const { name, timeoutSeconds } = this.config;
    const timeoutMs = timeoutSeconds * 1000;
    const over = new AbortController();
    const { signal } = over;
    worker.handle({ requestId: randomUUID(), event, deadline: Date.now() + timeoutMs });
    try {
      return await Promise.race([
        once(worker, 'outcome', { signal }).then(([outcome]) => outcome as Outcome),
        once(worker, 'exit', { signal }).then(() => Promise.reject(new Error('it exited'))),
        sleep(timeoutMs, undefined, { signal }).then(() =>
          Promise.reject(new Error(`it timed out after ${timeoutSeconds} s`)),
        ),
      ]);
    } catch (error) {
      void worker.terminate();
      throw new FunctionError(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
    } finally {
      over.abort();
    }
  }

  private keepIdle(worker: ExecutionEnvironment): void {
    const end = () => {
      this.idle.delete(worker);
      void worker.terminate();
    };
    this.idle.set(worker, setTimeout(end, idleTimeoutMs).unref());
  }

  /** Ends the worker that has these credentials in the middle of its work, as when its machine fails. */
  kill(sessionToken: string): void {
    void this.workers.get(sessionToken)?.terminate();
  }

  /** Waits for the running events, then ends the workers. */
  async close(): Promise<void> {
    while (this.running > 0) await sleep(20);
    this.closed = true;
    await Promise.all([...this.workers.values()].map((worker) => worker.terminate()));
  }
}
