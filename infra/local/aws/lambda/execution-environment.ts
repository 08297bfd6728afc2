import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { transformSync } from 'esbuild';
import type { FunctionConfig } from '../cloudformation/functions.ts';
import type { FromWorker, Invocation, WorkerStart } from './lambda-worker.ts';

/** Without types, because a thread that has to remove them takes twice as long to start. */
const script = transformSync(readFileSync(new URL('./lambda-worker.ts', import.meta.url), 'utf8'), {
  loader: 'ts',
}).code;
const scriptUrl = new URL(`data:text/javascript,${encodeURIComponent(script)}`);

/**
 * One execution environment of a function: a thread that runs only while it handles an event, as on Lambda. Work that the
 * handler leaves behind stops with its answer and goes on with the next event. Emits "outcome" with an `Outcome`.
 */
export class ExecutionEnvironment extends Worker {
  /** 1 while the thread runs, 0 while it is frozen. */
  private readonly running: Int32Array<SharedArrayBuffer>;

  /** `log` gets what the function writes to its standard output and error output. */
  constructor(
    { file, name, memoryMb }: FunctionConfig,
    environment: Record<string, string>,
    log: (text: string) => unknown,
  ) {
    const running = new Int32Array(new SharedArrayBuffer(4)).fill(1);
    super(scriptUrl, {
      workerData: { file, name, memoryMb, running } satisfies WorkerStart,
      env: environment,
      execArgv: ['--enable-source-maps'],
    });
    this.running = running;
    this.on('message', (message: FromWorker) =>
      'log' in message ? log(message.log) : this.emit('outcome', message.outcome),
    );
    // Without a listener, an error outside an event would end the whole process. Whoever waits for an outcome sees it.
    this.on('error', () => {});
  }

  /** Gives the environment an event and lets it run until it has an outcome. */
  handle(invocation: Invocation): void {
    this.postMessage(invocation);
    Atomics.store(this.running, 0, 1);
    Atomics.notify(this.running, 0);
  }
}
