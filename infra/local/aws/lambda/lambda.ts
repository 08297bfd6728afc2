import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { FunctionConfig } from '../cloudformation/template.ts';
import type { Invocation, Outcome, WorkerStart } from './lambda-worker.ts';

/** A function that failed: threw, timed out or could not be loaded. */
class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

/** The caller gave up; the function goes on to its own time-out, as on AWS. */
export class GatewayTimeout extends Error {
  override readonly name = 'GatewayTimeout';
}

/** At most so many of one function at once; further events wait, as they would for reserved concurrency. */
const maxWorkers = 8;
/** A worker without work for this long ends. Milliseconds. */
const idleTime = 5 * 60_000;

/** One function: its execution environments, each a worker thread that handles one event at a time. */
export class LocalLambda {
  private readonly config: FunctionConfig;
  private readonly environment: Record<string, string>;
  private readonly log: (text: string) => unknown;
  /** Each with the timer that ends it. */
  private readonly idle = new Map<Worker, NodeJS.Timeout>();
  /** By the session token of its credentials: on AWS too each execution environment has one of its own. */
  private readonly all = new Map<string, Worker>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private closed = false;

  /** What the function writes goes to `log`. */
  constructor(config: FunctionConfig, environment: Record<string, string>, log: (text: string) => unknown) {
    this.config = config;
    this.environment = environment;
    this.log = log;
  }

  /** What the handler returns for the event, by way of JSON. Throws when it fails or takes longer than `patience` ms. */
  async invoke(event: unknown, timeoutMs: number): Promise<unknown> {
    const over = new AbortController();
    const late = sleep(timeoutMs, undefined, { signal: over.signal }).then(() => {
      throw new GatewayTimeout(`${this.config.name}: API Gateway waits no longer than ${timeoutMs / 1000} s`);
    });
    try {
      return await Promise.race([this.execute(event), late]);
    } finally {
      over.abort();
    }
  }

  private async execute(event: unknown): Promise<unknown> {
    if (this.closed) throw new FunctionError(`${this.config.name} has been stopped`);
    if (this.running >= maxWorkers) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running++;
    const worker = this.takeIdle() ?? this.start();
    try {
      const outcome = await this.run(worker, event);
      this.rest(worker);
      if ('result' in outcome) return outcome.result;
      throw new FunctionError(`${this.config.name}: ${outcome.errorType}: ${outcome.errorMessage}`);
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  private start(): Worker {
    const { file, name, memory } = this.config;
    const sessionToken = randomUUID();
    const worker = new Worker(new URL('./lambda-worker.ts', import.meta.url), {
      workerData: { file, name, memory } satisfies WorkerStart,
      env: { ...this.environment, AWS_SESSION_TOKEN: sessionToken },
      execArgv: ['--enable-source-maps'],
      stdout: true,
    });
    worker.stdout.on('data', (chunk) => this.log(String(chunk)));
    this.all.set(sessionToken, worker);
    worker.once('exit', () => {
      this.all.delete(sessionToken);
      this.idle.delete(worker);
    });
    // A fault outside an event must end this worker, not the whole server; run() tells of it.
    worker.on('error', () => {});
    return worker;
  }

  /** The one used last: its caches are the warmest, and the others may end. */
  private takeIdle(): Worker | undefined {
    const last = [...this.idle].at(-1);
    if (!last) return undefined;
    const [worker, timer] = last;
    clearTimeout(timer);
    this.idle.delete(worker);
    return worker;
  }

  private async run(worker: Worker, event: unknown): Promise<Outcome> {
    const { name, timeout } = this.config;
    const over = new AbortController();
    const { signal } = over;
    worker.postMessage({ requestId: randomUUID(), event, deadline: Date.now() + timeout * 1000 } satisfies Invocation);
    try {
      return await Promise.race([
        once(worker, 'message', { signal }).then(([outcome]) => outcome as Outcome),
        once(worker, 'exit', { signal }).then(() => Promise.reject(new Error('it exited'))),
        sleep(timeout * 1000, undefined, { signal }).then(() =>
          Promise.reject(new Error(`it timed out after ${timeout} s`)),
        ),
      ]);
    } catch (error) {
      void worker.terminate();
      throw new FunctionError(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    } finally {
      over.abort();
    }
  }

  private rest(worker: Worker): void {
    const end = () => {
      this.idle.delete(worker);
      void worker.terminate();
    };
    this.idle.set(worker, setTimeout(end, idleTime).unref());
  }

  /** Ends the worker that has these credentials whatever it is doing, as when the machine under it fails. */
  kill(sessionToken: string): void {
    void this.all.get(sessionToken)?.terminate();
  }

  /** Lets the events in hand end, then ends the workers. */
  async close(): Promise<void> {
    while (this.running > 0) await sleep(20);
    this.closed = true;
    await Promise.all([...this.all.values()].map((worker) => worker.terminate()));
  }
}
