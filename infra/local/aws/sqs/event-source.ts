import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { reportFailure } from '../../console/printable.ts';
import { type Chaos, calm } from '../chaos.ts';
import { region } from '../cloudformation/arns.ts';
import type { FunctionConfig } from '../cloudformation/functions.ts';
import type { EventSourceConfig } from '../cloudformation/queues.ts';
import type { LocalLambda } from '../lambda/lambda.ts';
import type { LocalQueue, QueuedMessage } from './queue.ts';

/** The longest delay that `setTimeout` accepts, milliseconds. */
const maxTimerMs = 2 ** 31 - 1;

const partialFailures = z.object({ batchItemFailures: z.nullish(z.array(z.object({ itemIdentifier: z.string() }))) });

interface Consumer {
  config: EventSourceConfig;
  lambda: Pick<LocalLambda, 'invoke'>;
  lambdaConfig: Pick<FunctionConfig, 'name' | 'timeoutSeconds'>;
  /** Gets the messages that were received too often. */
  giveUp(message: QueuedMessage): void;
}

/**
 * Lambda's event source mapping: invokes a function with batches of the visible messages of a queue, and deletes those
 * that the function did not fail on.
 */
export class EventSource {
  private readonly queue: LocalQueue;
  private readonly consumer: Consumer;
  private readonly chaos: Chaos;
  private running = 0;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(queue: LocalQueue, consumer: Consumer, chaos: Chaos = calm) {
    this.queue = queue;
    this.consumer = consumer;
    this.chaos = chaos;
  }

  /** Hands over the visible messages, and wakes up when the next message becomes visible. */
  poll(): void {
    clearTimeout(this.timer);
    const { batchSize, maxConcurrency } = this.consumer.config;
    while (!this.stopped && this.running < maxConcurrency) {
      const batch = this.queue.receive(batchSize, this.consumer.giveUp);
      if (batch.length === 0) break;
      void this.handle(batch);
    }
    const waitMs = this.queue.nextVisibleAt() - Date.now();
    if (this.stopped || waitMs === Number.POSITIVE_INFINITY || this.running >= maxConcurrency) return;
    this.timer = setTimeout(() => this.poll(), Math.min(Math.max(waitMs, 0), maxTimerMs)).unref();
  }

  /** Takes no further batches. Those that are running go on. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async handle(batch: QueuedMessage[]): Promise<void> {
    this.running++;
    const failed = await this.failuresOf(batch);
    this.running--;
    for (const message of batch) {
      if (failed.has(message.id)) this.queue.release(message);
      else if (this.chaos.strikes('queueRepeats', this.consumer.lambdaConfig.name)) this.queue.release(message, 'now');
      else this.queue.delete(message);
    }
  }

  /** The ids of the messages that the function failed on: all of them if it threw or named one that it did not get. */
  private async failuresOf(batch: QueuedMessage[]): Promise<Set<string>> {
    const { config, lambda, lambdaConfig } = this.consumer;
    const all = new Set(batch.map(({ id }) => id));
    try {
      const Records = batch.map((message) => recordOf(message, this.queue.config.arn));
      const result = await lambda.invoke({ Records }, lambdaConfig.timeoutSeconds * 1000);
      if (!config.reportsFailures || result === null) return new Set();
      const { batchItemFailures } = z.parse(partialFailures, result);
      const failed = new Set(batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
      return [...failed].every((id) => all.has(id)) ? failed : all;
    } catch (error) {
      reportFailure(error);
      return all;
    }
  }
}

export const md5 = (body: string): string => createHash('md5').update(body).digest('hex');

function recordOf({ id, body, sentAt, firstReceivedAt, receiveCount }: QueuedMessage, arn: string) {
  return {
    messageId: id,
    receiptHandle: `${id}-${receiveCount}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    },
    messageAttributes: {},
    md5OfBody: md5(body),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
}
