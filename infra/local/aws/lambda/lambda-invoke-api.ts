import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { reportFailure } from '../../console/printable.ts';
import { readBody } from '../../http/read-body.ts';
import { functionArn } from '../cloudformation/arns.ts';
import type { Deployment } from '../cloudformation/deployment.ts';
import type { FunctionConfig } from '../cloudformation/functions.ts';
import type { Roles } from '../iam/roles.ts';
import { awsServicesPath } from '../services/json-services.ts';
import type { LocalLambda } from './lambda.ts';

/** Lambda's own path, below the address to which the functions send their AWS requests. */
export const invocationsPath = `${awsServicesPath}/2015-03-31/functions/`;

/** Lambda's quota for the event of an asynchronous invocation, bytes. */
const maxEventBytes = 1024 * 1024;
/** How long Lambda waits before the first and the second retry of an event. Milliseconds. */
const retryDelaysMs = [60_000, 120_000];

/** Lambda's asynchronous invocation: accepts the event at once, runs the function, and retries when it fails. */
export async function handleInvocation(
  request: IncomingMessage,
  response: ServerResponse,
  { functions, lambdas }: Deployment,
  roles: Roles,
): Promise<void> {
  const name = request.url?.slice(invocationsPath.length).split('/')[0] ?? '';
  const permission = { action: 'lambda:InvokeFunction', resource: functionArn(name) };
  const fail = (status: number, type: string) => void response.writeHead(status, { 'x-amzn-errortype': type }).end();
  const { method, url, headers } = request;
  const body = await readBody(request, maxEventBytes);
  if (roles.refusal({ method, url, headers, body }, [permission])) return fail(403, 'AccessDeniedException');
  const config = functions.find(({ functionName }) => functionName === name);
  const lambda = config && lambdas.get(config.id);
  if (!lambda) return fail(404, 'ResourceNotFoundException');
  if (headers['x-amz-invocation-type'] !== 'Event') return fail(400, 'InvalidParameterValueException');
  response.writeHead(202).end();
  await invokeWithRetries(lambda, config, JSON.parse(body.toString()));
}

async function invokeWithRetries(lambda: LocalLambda, config: FunctionConfig, event: unknown): Promise<void> {
  for (let retries = 0; ; retries++) {
    try {
      await lambda.invoke(event, config.timeoutSeconds * 1000);
      return;
    } catch (error) {
      reportFailure(error);
    }
    if (retries === config.retries)
      return console.error(
        `${config.name} failed ${retries + 1} times. AWS would put its event into the dead-letter queue.`,
      );
    await sleep(retryDelaysMs[retries] ?? retryDelaysMs.at(-1), undefined, { ref: false });
  }
}
