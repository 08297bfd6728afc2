import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Grant, timeout } from './endpoint-function.ts';

/** Push notifications: senders put what may be pushed into a queue, and the function `push` reads it from there. */
export class Push extends Construct {
  readonly queue: Queue;
  /** What `push` failed on several times. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secured = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...secured, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...secured,
      // AWS's advice: six times the function's timeout, so that nothing is received twice while it is being retried.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      // A push about a message that old helps nobody.
      retentionPeriod: Duration.hours(1),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
  }

  /** Lets a function put what may be pushed into the queue. */
  enqueue(): Grant {
    return { environment: { PUSH_QUEUE: this.queue.queueUrl }, statements: [this.may('SendMessage')] };
  }

  /** Lets a function read from the queue, which Lambda does with its role, and send to Firebase Cloud Messaging. */
  work(): Grant {
    return {
      environment: { FCM_URL: 'https://fcm.googleapis.com', GOOGLE_OAUTH_URL: 'https://oauth2.googleapis.com' },
      statements: [this.may('ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes')],
    };
  }

  /** Invokes the function with what is in the queue. What it fails on is received again, and nothing else of its batch. */
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
