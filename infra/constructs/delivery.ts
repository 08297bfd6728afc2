import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type CfnFunction, EventInvokeConfig, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** Delivery to large rooms: the `deliver` function is invoked asynchronously, and what it can't do is kept in a queue. */
export class Delivery extends Construct {
  /** Given, not made up by CloudFormation: the function's own role names it. */
  readonly functionName: string;
  private readonly parallelPages: number;
  /** The events that `deliver` failed on three times. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { parallelPages }: Pick<Config, 'parallelPages'>) {
    super(scope, id);
    this.parallelPages = parallelPages;
    this.functionName = `${Stack.of(this).stackName}-deliver`;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
  }

  /** Lets a function have `deliver` invoked, and tells it its name. */
  invoking(): Grant {
    const resource = Stack.of(this).formatArn({
      service: 'lambda',
      resource: 'function',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: this.functionName,
    });
    return {
      environment: { DELIVER_FUNCTION: this.functionName, PARALLEL_PAGES: String(this.parallelPages) },
      statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [resource] })],
    };
  }

  /** Lets Lambda put what `deliver` failed on into the queue, which it does with the function's own role. */
  failing(): Grant {
    const statement = new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] });
    return { environment: {}, statements: [statement] };
  }

  /** Says what becomes of an event that the function failed on: two more tries, then the queue, which an alarm watches. */
  retry(lambda: LambdaFunction): void {
    // It invokes itself, each time for less: AWS must not take that for a loop without end and stop it.
    (lambda.node.defaultChild as CfnFunction).recursiveLoop = 'Allow';
    new EventInvokeConfig(this, 'Events', {
      function: lambda,
      retryAttempts: 2,
      // Later than this a reader has long found the message by its number.
      maxEventAge: Duration.minutes(10),
      // Not CDK's own destination, which would let the function ask for the queue's address and attributes, too.
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });
  }
}
