import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deployment } from '../cloudformation/deployment.ts';
import { functionArn } from '../cloudformation/template.ts';
import { awsServicesPath } from '../services/json-services.ts';

/** Below the address that the functions' clients are sent to, as AWS Lambda has it. */
export const invocationsPath = `${awsServicesPath}/2015-03-31/functions/`;

/** What AWS Lambda waits before it invokes again for an event that failed: a minute, then two. Milliseconds. */
export const awsRetryDelays = [60_000, 120_000];

/** Of AWS Lambda's API the asynchronous invocation: taken at once, run beside, tried again when it fails. */
export async function handleInvocation(
  request: IncomingMessage,
  response: ServerResponse,
  { roles, functions, lambdas }: Deployment,
  retryDelays: readonly number[],
): Promise<void> {
  const event: unknown = JSON.parse(await text(request));
  const name = request.url?.slice(invocationsPath.length).split('/')[0] ?? '';
  const need = { action: 'lambda:InvokeFunction', resource: functionArn(name) };
  const fail = (status: number, type: string) => void response.writeHead(status, { 'x-amzn-errortype': type }).end();
  if (roles.refusal(request.headers.authorization, [need])) return fail(403, 'AccessDeniedException');
  const config = functions.find(({ functionName }) => functionName === name);
  const lambda = config && lambdas.get(config.id);
  if (!lambda) return fail(404, 'ResourceNotFoundException');
  if (request.headers['x-amz-invocation-type'] !== 'Event') return fail(400, 'InvalidParameterValueException');
  response.writeHead(202).end();
  const run = () => lambda.invoke(event, config.timeout * 1000);
  for (let retries = 0; ; retries++) {
    try {
      return void (await run());
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      if (retries === config.retries)
        return console.error(
          `${config.name} failed ${retries + 1} times: on AWS its event is in the dead-letter queue.`,
        );
      await sleep(retryDelays[retries] ?? retryDelays.at(-1), undefined, { ref: false });
    }
  }
}
