import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

/** The thread of an execution environment: loads the bundle once, then handles one event at a time. */
export interface WorkerStart {
  file: string;
  name: string;
  memoryMb: number;
  /** 0 makes the thread stop after an event, until the other side sets it to 1. */
  running: Int32Array<SharedArrayBuffer>;
}

export interface Invocation {
  requestId: string;
  event: unknown;
  /** Milliseconds since the epoch. */
  deadline: number;
}

export type Outcome = { result: unknown } | { errorType: string; errorMessage: string };

export type FromWorker = { outcome: Outcome } | { log: string };

/** Lambda's quota for what a function returns, bytes. */
const maxResultBytes = 6_291_556;

const { file, name, memoryMb, running }: WorkerStart = workerData;
const post = (message: FromWorker) => parentPort?.postMessage(message);

// Posted at once: the thread's own streams could hold a line back until the next event.
for (const stream of [process.stdout, process.stderr])
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    post({ log: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
    const written = rest.at(-1);
    if (typeof written === 'function') process.nextTick(written);
    return true;
  };

const { handler } = createRequire(file)(file);

parentPort?.on('message', async ({ requestId, event, deadline }: Invocation) => {
  const context = {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${name}`,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: requestId,
    logGroupName: name,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  const outcome = await outcomeOf(handler(event, context));
  Atomics.store(running, 0, 0);
  post({ outcome });
  Atomics.wait(running, 0, 0);
});

/** The result goes through JSON, as between Lambda and API Gateway, so that nothing arrives that AWS would lose. */
async function outcomeOf(running: unknown): Promise<Outcome> {
  try {
    const json = JSON.stringify((await running) ?? null);
    if (Buffer.byteLength(json) > maxResultBytes) return tooLarge;
    return { result: JSON.parse(json) };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error instanceof Error ? error : new Error(String(error));
    return { errorType, errorMessage };
  }
}

const tooLarge: Outcome = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${maxResultBytes} bytes).`,
};
