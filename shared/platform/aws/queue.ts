import { retry } from '../retry.ts';
import { settings } from '../settings.ts';
import { awsRequest } from './request.ts';

/** The longest delay of a message in a queue, seconds. */
export const maxDelaySeconds = 900;

interface Options {
  /** Before anybody receives it, at most `maxDelaySeconds`. */
  delaySeconds: number;
  /** Milliseconds since the epoch. */
  deadline?: number;
}

/** Puts a message into a queue. Throws if SQS does not accept it by the deadline or in three attempts. */
export async function enqueue(queueUrl: string, message: object, { delaySeconds, deadline }: Options): Promise<void> {
  const url = new URL(settings.awsUrl('sqs'));
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' };
  const input = { QueueUrl: queueUrl, MessageBody: JSON.stringify(message), DelaySeconds: delaySeconds };
  const body = JSON.stringify(input);
  await retry({ attempts: 3, baseMs: 100, ...(deadline !== undefined && { deadline }) }, async () => {
    const request = { service: 'sqs', method: 'POST', url, headers, body, deadline } as const;
    const { status, type, body: answer } = await awsRequest(request);
    if (status !== 200) throw new Error(`SQS answered ${status} ${type ?? answer.slice(0, 200)}`);
  });
}
