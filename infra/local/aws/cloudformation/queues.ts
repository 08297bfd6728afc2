import * as z from 'zod/mini';
import { idIn, resourceArn } from './arns.ts';
import type { Resources } from './resources.ts';

const queueType = 'AWS::SQS::Queue';
const queue = z.object({
  VisibilityTimeout: z._default(z.number(), 30),
  MessageRetentionPeriod: z._default(z.number(), 4 * 24 * 60 * 60),
  RedrivePolicy: z.optional(z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() })),
});
const eventSourceMapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z._default(z.number(), 10),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
  ScalingConfig: z.optional(z.object({ MaximumConcurrency: z.number() })),
});

export interface QueueConfig {
  id: string;
  arn: string;
  /** How long a received message that is not deleted stays invisible. */
  visibilitySeconds: number;
  /** How long a message is kept. */
  retentionSeconds: number;
  /** The queue for messages that were received too often. */
  redrive?: { queueId: string; maxReceiveCount: number } | undefined;
}

/** A function that Lambda invokes with the messages of a queue. */
export interface EventSourceConfig {
  queueId: string;
  functionId: string;
  batchSize: number;
  maxConcurrency: number;
  /** Whether the function returns the messages that it failed on. Otherwise its return value is ignored. */
  reportsFailures: boolean;
}

export function readQueues(resources: Resources): QueueConfig[] {
  return resources.ofType(queueType, queue).map(({ id, properties }) => {
    const { VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy } = properties;
    return {
      id,
      arn: resourceArn(queueType, id),
      visibilitySeconds: VisibilityTimeout,
      retentionSeconds: MessageRetentionPeriod,
      redrive: RedrivePolicy && {
        queueId: idIn(RedrivePolicy.deadLetterTargetArn),
        maxReceiveCount: RedrivePolicy.maxReceiveCount,
      },
    };
  });
}

export function readEventSources(resources: Resources): EventSourceConfig[] {
  return resources.ofType('AWS::Lambda::EventSourceMapping', eventSourceMapping).map(({ properties }) => ({
    queueId: idIn(properties.EventSourceArn),
    functionId: properties.FunctionName,
    batchSize: properties.BatchSize,
    // Without one, Lambda's limit for a queue is far above what the runner ever reaches.
    maxConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? 1250,
    reportsFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
  }));
}
