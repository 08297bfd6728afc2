import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

/** One execution environment of a function: loads the bundle once, then handles one event at a time. */
export interface WorkerStart {
  file: string;
  name: string;
  memoryMb: number;
}

export interface Invocation {
  requestId: string;
  event: unknown;
  /** Milliseconds since the epoch. */
  deadline: number;
}

export type Outcome = { result: unknown } | { errorType: string; errorMessage: string };

const { file, name, memoryMb }: WorkerStart = workerData;
const { handler } = createRequire(import.meta.url)(file);

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
  parentPort?.postMessage(await outcomeOf(handler(event, context)));
});

/** The result goes through JSON, as between Lambda and API Gateway, so that nothing arrives that AWS would lose. */
async function outcomeOf(running: unknown): Promise<Outcome> {
  try {
    const result = await running;
    return { result: result === undefined ? null : JSON.parse(JSON.stringify(result)) };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error instanceof Error ? error : new Error(String(error));
    return { errorType, errorMessage };
  }
}
