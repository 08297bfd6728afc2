import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type CfnFunction, EventInvokeConfig, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** Delivery to large rooms: the function `deliver` is invoked asynchronously, and a queue keeps what it failed on. */
export class Delivery extends Construct {
  /** A fixed name: the function's own role refers to it, which a generated one would make circular. */
  readonly functionName: string;
  private readonly parallelPages: number;
  private readonly maxTypingParticipants: number;
  /** The invocations of `deliver` and of `erase-reactions` that failed three times. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { parallelPages, typing }: Pick<Config, 'parallelPages' | 'typing'>) {
    super(scope, id);
    this.parallelPages = parallelPages;
    this.maxTypingParticipants = typing.maxParticipants;
    this.functionName = `${Stack.of(this).stackName}-deliver`;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
  }

  /** Lets a function invoke `deliver`. */
  invokeDeliver(): Grant {
    return {
      environment: { DELIVER_FUNCTION: this.functionName, PARALLEL_PAGES: String(this.parallelPages) },
      statements: [mayInvoke(this, this.functionName)],
    };
  }

  /** Tells a function how large a chat may be to show who is typing. */
  showTyping(): Grant {
    return { environment: { TYPING_MAX_PARTICIPANTS: String(this.maxTypingParticipants) }, statements: [] };
  }

  /** Lets Lambda put failed invocations into the queue, which it does with the role of `deliver`. */
  grantDeadLetters(): Grant {
    const statement = new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] });
    return { environment: {}, statements: [statement] };
  }

  configureRetries(lambda: LambdaFunction): void {
    retryTwice(this, lambda, this.deadLetters);
  }
}

/** Allows the invocation of the stack's function with this name. */
export const mayInvoke = (scope: Construct, functionName: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['lambda:InvokeFunction'],
    resources: [
      Stack.of(scope).formatArn({
        service: 'lambda',
        resource: 'function',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        resourceName: functionName,
      }),
    ],
  });

/** Lambda retries a failed invocation twice, then puts it into the queue, which has an alarm. */
export function retryTwice(scope: Construct, lambda: LambdaFunction, deadLetters: Queue): void {
  // The function invokes itself for the rest of its work. Lambda would otherwise stop that as an endless loop.
  (lambda.node.defaultChild as CfnFunction).recursiveLoop = 'Allow';
  new EventInvokeConfig(scope, 'Events', {
    function: lambda,
    retryAttempts: 2,
    // By then every client has caught up by number.
    maxEventAge: Duration.minutes(10),
    // CDK's SqsDestination would also grant the reading of the queue's URL and attributes.
    onFailure: { bind: () => ({ destination: deadLetters.queueArn }) },
  });
}
