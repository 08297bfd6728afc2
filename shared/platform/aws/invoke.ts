import { retry } from '../retry.ts';
import { settings } from '../settings.ts';
import { awsRequest } from './request.ts';

/**
 * Invokes a function without waiting for its work. Throws if Lambda doesn't accept the invocation by the deadline
 * (milliseconds since the epoch) or in three attempts.
 */
export async function invokeFunction(name: string, event: object, deadline = Number.POSITIVE_INFINITY): Promise<void> {
  const url = new URL(`${settings.awsUrl('lambda')}/2015-03-31/functions/${name}/invocations`);
  const headers = { 'x-amz-invocation-type': 'Event' };
  const body = JSON.stringify(event);
  await retry({ attempts: 3, baseMs: 200, deadline }, async () => {
    const { status, type } = await awsRequest({ service: 'lambda', method: 'POST', url, headers, body, deadline });
    if (status !== 202) throw new Error(`Lambda answered ${status} ${type ?? ''}`);
  });
}
