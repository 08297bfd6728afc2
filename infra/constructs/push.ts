import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Grant, timeout } from './endpoint-function.ts';

/** Push notifications: functions that store messages put events into a queue, which the function `push` reads. */
export class Push extends Construct {
  readonly queue: Queue;
  /** The events that `push` failed on several times. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secured = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...secured, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...secured,
      // AWS's advice: six times the function's timeout, so that nothing is received twice while it is being retried.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      // A push about an older message helps nobody.
      retentionPeriod: Duration.hours(1),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
  }

  /** Lets a function put events into the queue. */
  enqueue(): Grant {
    return { environment: { PUSH_QUEUE: this.queue.queueUrl }, statements: [this.may('SendMessage')] };
  }

  /** Lets a function send to Firebase Cloud Messaging, and Lambda read from the queue with the function's role. */
  work(): Grant {
    return {
      environment: { FCM_URL: 'https://fcm.googleapis.com', GOOGLE_OAUTH_URL: 'https://oauth2.googleapis.com' },
      statements: [this.may('ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes')],
    };
  }

  /** Invokes the function with batches of events. Only the events that it fails on are received again. */
  workOff(lambda: LambdaFunction): void {
    new EventSourceMapping(this, 'Source', {
      target: lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      maxConcurrency: 10,
      reportBatchItemFailures: true,
    });
  }

  private may(...actions: string[]): PolicyStatement {
    return new PolicyStatement({ actions: actions.map((action) => `sqs:${action}`), resources: [this.queue.queueArn] });
  }
}
