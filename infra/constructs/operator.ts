import { Duration, Stack } from 'aws-cdk-lib';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { RestApi } from './rest-api.ts';

/** What operators use: a route of the HTTP API that takes only requests signed with AWS credentials, and a policy for it. */
export class Operator extends Construct {
  /** Lets people use every command of `npm run operator`, and find the stack. */
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, { restApi, lambda }: { restApi: RestApi; lambda: LambdaFunction }) {
    super(scope, id);
    restApi.route(['POST /operator/{command}'], lambda, { authorizer: new HttpIamAuthorizer() });
    const { stackId, region, account, partition } = Stack.of(this);
    const stage = `arn:${partition}:execute-api:${region}:${account}:${restApi.api.apiId}/$default`;
    this.policy = new ManagedPolicy(this, 'Policy', {
      description: `${Stack.of(this).stackName}: everything that "npm run operator" does`,
      statements: [
        new PolicyStatement({ actions: ['execute-api:Invoke'], resources: [`${stage}/POST/operator/*`] }),
        new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [stackId] }),
      ],
    });
  }

  /** Invokes the function every hour. */
  everyHour(lambda: LambdaFunction): void {
    new Rule(this, 'EveryHour', {
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaTarget(lambda, { retryAttempts: 2, maxEventAge: Duration.minutes(30) })],
    });
  }
}
