import { EventEmitter, once } from 'node:events';
import * as z from 'zod/mini';
import { printable } from '../../console/printable.ts';
import { type Chaos, calm } from '../chaos.ts';
import { resourceArn } from '../cloudformation/arns.ts';
import type { Deployment } from '../cloudformation/deployment.ts';
import type { Roles } from '../iam/roles.ts';
import { AwsError, type Operation, operation } from '../services/operation.ts';
import { EventSource, md5 } from './event-source.ts';
import { LocalQueue, type QueuedMessage, type Scale } from './queue.ts';

/** SQS's quota for a message, bytes. */
const maxBytes = 1024 * 1024;

const sendMessage = z.object({
  QueueUrl: z.string(),
  MessageBody: z.string().check(z.minLength(1)),
  DelaySeconds: z._default(z.int().check(z.gte(0), z.lte(900)), 0),
});

/** What Lambda calls with the role of a function that reads from a queue. */
const readingActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

type Consumers = Pick<Deployment, 'template' | 'functions' | 'lambdas'>;

/** SQS on a laptop: the template's queues, and the functions that Lambda invokes with their messages. */
export class Queues {
  private readonly queues = new Map<string, LocalQueue>();
  /** By queue id. */
  private sources = new Map<string, EventSource>();
  private readonly roles: Roles;
  private readonly chaos: Chaos;
  private readonly scale: Scale;
  /** Emits "change". */
  private readonly events = new EventEmitter();

  /** `scale` makes delays and visibility timeouts shorter. */
  constructor(roles: Roles, scale: Scale = (seconds) => seconds * 1000, chaos: Chaos = calm) {
    this.roles = roles;
    this.scale = scale;
    this.chaos = chaos;
  }

  /** Hands the queues to these functions. Messages stay in the queues. Throws where CloudFormation would. */
  reload({ template, functions, lambdas }: Consumers): void {
    this.close();
    for (const config of template.queues()) {
      const queue = this.queues.get(config.id);
      if (queue) queue.config = config;
      else this.queues.set(config.id, new LocalQueue(config, this.scale, () => this.changed(config.id)));
    }
    for (const config of template.eventSources()) {
      const lambdaConfig = functions.find(({ id }) => id === config.functionId);
      const [queue, lambda] = [this.queues.get(config.queueId), lambdas.get(config.functionId)];
      if (!queue || !lambdaConfig || !lambda)
        throw new Error(
          `No function ${config.functionId} can read from ${config.queueId}: the template lacks one of them.`,
        );
      for (const action of readingActions)
        if (!this.roles.allows(lambdaConfig, { action, resource: queue.config.arn }))
          throw new Error(`The role of ${lambdaConfig.name} does not allow ${action} on ${queue.config.arn}.`);
      const giveUp = (message: QueuedMessage) => this.giveUp(lambdaConfig.name, message, queue.config.redrive?.queueId);
      this.sources.set(config.queueId, new EventSource(queue, { config, lambda, lambdaConfig, giveUp }, this.chaos));
    }
    for (const source of this.sources.values()) source.poll();
  }

  readonly operations: Record<string, Operation> = {
    'AmazonSQS.SendMessage': operation(
      sendMessage,
      ({ QueueUrl }) => ({ action: 'sqs:SendMessage', resource: resourceArn('AWS::SQS::Queue', QueueUrl) }),
      ({ QueueUrl, MessageBody, DelaySeconds }) => {
        const queue = this.queues.get(QueueUrl);
        if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
        if (Buffer.byteLength(MessageBody) > maxBytes)
          throw new AwsError('InvalidParameterValue', `A message must be at most ${maxBytes} bytes.`);
        if (this.chaos.strikes('queueThrottled', QueueUrl))
          throw new AwsError('RequestThrottled', 'The request was denied due to request throttling.');
        return { MessageId: queue.send(MessageBody, DelaySeconds).id, MD5OfMessageBody: md5(MessageBody) };
      },
    ),
  };

  /** Resolves when no message is waiting for a function, whether delayed, being handled or to be retried. */
  async idle(): Promise<void> {
    const isBusy = () => [...this.sources.keys()].some((id) => this.size(id) > 0);
    while (isBusy()) await once(this.events, 'change');
  }

  private size(id: string): number {
    return this.queues.get(id)?.size ?? 0;
  }

  /** The messages that a function has failed on too often. */
  deadLetters(): number {
    const ids = new Set([...this.queues.values()].flatMap(({ config }) => config.redrive?.queueId ?? []));
    return [...ids].reduce((sum, id) => sum + this.size(id), 0);
  }

  /** Stops reading. Batches that are being handled go on. */
  close(): void {
    for (const source of this.sources.values()) source.stop();
    this.sources = new Map();
  }

  private changed(id: string): void {
    this.sources.get(id)?.poll();
    this.events.emit('change');
  }

  private giveUp(functionName: string, message: QueuedMessage, deadLetters = ''): void {
    console.error(
      `${functionName}: the message ${message.id} is in the dead-letter queue now: ${printable(message.body)}`,
    );
    this.queues.get(deadLetters)?.add({ ...message, visibleAt: Date.now(), receiveCount: 0 });
  }
}
