import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { reportFailure } from '../../console/printable.ts';
import { readBody } from '../../http/read-body.ts';
import { functionArn } from '../cloudformation/arns.ts';
import type { Deployment } from '../cloudformation/deployment.ts';
import type { FunctionConfig } from '../cloudformation/functions.ts';
import type { Roles } from '../iam/roles.ts';
import { awsServicesPath } from '../services/json-services.ts';
import { type LocalLambda, NoConcurrency } from './lambda.ts';

/** Lambda's own path, below the address to which the functions send their AWS requests. */
export const invocationsPath = `${awsServicesPath}/2015-03-31/functions/`;

/** Lambda's quota for the event of an asynchronous invocation, bytes. */
const maxEventBytes = 1024 * 1024;
/** How long Lambda waits before the first and the second retry of an event. Milliseconds. */
const retryDelaysMs = [60_000, 120_000];
/** How long Lambda waits when the function has no free concurrency: doubles each time. Milliseconds. */
const throttledDelayMs = { first: 1000, max: 5 * 60_000 };

/** Lambda's asynchronous invocation: accepts the event at once, runs the function, and retries if that fails. */
export async function handleInvocation(
  request: IncomingMessage,
  response: ServerResponse,
  { functions, lambdas }: Pick<Deployment, 'functions' | 'lambdas'>,
  roles: Roles,
): Promise<void> {
  const name = request.url?.slice(invocationsPath.length).split('/')[0] ?? '';
  const permission = { action: 'lambda:InvokeFunction', resource: functionArn(name) };
  const fail = (status: number, type: string) => void response.writeHead(status, { 'x-amzn-errortype': type }).end();
  const { method, url, headers } = request;
  const body = await readBody(request, { maxBytes: maxEventBytes });
  if (roles.refusal({ method, url, headers, body }, [permission])) return fail(403, 'AccessDeniedException');
  const config = functions.find(({ functionName }) => functionName === name);
  const lambda = config && lambdas.get(config.id);
  if (!lambda) return fail(404, 'ResourceNotFoundException');
  if (headers['x-amz-invocation-type'] !== 'Event') return fail(400, 'InvalidParameterValueException');
  response.writeHead(202).end();
  await invokeWithRetries(lambda, config, JSON.parse(body.toString()));
}

async function invokeWithRetries(lambda: LocalLambda, config: FunctionConfig, event: unknown): Promise<void> {
  const { name, timeoutSeconds, retries, maxEventAgeSeconds = Number.POSITIVE_INFINITY } = config;
  const expiresAt = Date.now() + maxEventAgeSeconds * 1000;
  const tries = { failed: 0, throttled: 0 };
  for (;;) {
    try {
      await lambda.invoke(event, timeoutSeconds * 1000);
      return;
    } catch (error) {
      reportFailure(error);
      if (error instanceof NoConcurrency) tries.throttled++;
      else tries.failed++;
      const waitMs = error instanceof NoConcurrency ? throttledDelay(tries.throttled) : retryDelaysMs[tries.failed - 1];
      const isLast = tries.failed > retries || waitMs === undefined || Date.now() + waitMs >= expiresAt;
      if (isLast) return console.error(`${name}: AWS would put the event into the dead-letter queue now.`);
      await sleep(waitMs, undefined, { ref: false });
    }
  }
}

const throttledDelay = (throttled: number): number =>
  Math.min(throttledDelayMs.first * 2 ** (throttled - 1), throttledDelayMs.max);
