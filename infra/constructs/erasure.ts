import { Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { mayInvoke, retryTwice } from './delivery.ts';
import type { Grant } from './endpoint-function.ts';

/** What the deletion of an account leaves to the background: its reactions, which `erase-reactions` takes back. */
export class Erasure extends Construct {
  /** A fixed name: the function's own role refers to it, which a generated one would make circular. */
  readonly functionName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.functionName = `${Stack.of(this).stackName}-erase-reactions`;
  }

  /** Lets a function invoke `erase-reactions`. */
  begin(): Grant {
    return {
      environment: { ERASE_REACTIONS_FUNCTION: this.functionName },
      statements: [mayInvoke(this, this.functionName)],
    };
  }

  configureRetries(lambda: LambdaFunction, deadLetters: Queue): void {
    retryTwice(this, lambda, deadLetters);
  }
}
