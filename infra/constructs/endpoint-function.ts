import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import type { Config } from '../config.ts';

/** What a resource gives to a function: the environment variables to find it, and the permissions to use it. */
export interface Grant {
  environment: Record<string, string>;
  statements: PolicyStatement[];
  /** CloudFormation updates this first. */
  after?: IDependable;
}

export interface EndpointFunctionProps extends Pick<Config, 'tracing' | 'language'> {
  /** The function's name in `functions/`, shown in the console. */
  name: string;
  /** Folder of the bundle. */
  code: string;
  grants: Grant[];
  /** Shared by all functions, so that one query finds everything that a request caused. */
  logGroup: ILogGroup;
  /** For work that keeps the CPU busy, such as hashing a password or searching messages. */
  wholeCore?: boolean | undefined;
  /** By default CloudFormation generates a name. */
  functionName?: string;
  /** Reserved concurrency. By default the function shares the account's unreserved concurrency. */
  concurrency?: number | undefined;
}

/** Megabytes. The share of a core grows with memory; 1,769 MB have a whole one. */
const memory = { usual: 512, wholeCore: 1769 };

/** Longer than any work takes (delivery 2 s, a call to DynamoDB 2 s per attempt, the assistant 20 s), and below API Gateway's 29 s. */
export const timeout = Duration.seconds(28);

/** The Lambda of one endpoint, with its own role. The role has the grants and nothing else. */
export class EndpointFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: EndpointFunctionProps) {
    super(scope, id);
    const logs = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [props.logGroup.logGroupArn],
    });
    // X-Ray has no resource ARNs.
    const traces = new PolicyStatement({
      actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      resources: ['*'],
    });
    const statements = [logs, ...(props.tracing ? [traces] : []), ...props.grants.flatMap((grant) => grant.statements)];
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { grants: new PolicyDocument({ statements }) },
    });
    this.lambda = new LambdaFunction(this, 'Lambda', {
      description: props.name,
      ...(props.functionName && { functionName: props.functionName }),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(props.code),
      handler: 'index.handler',
      memorySize: props.wholeCore ? memory.wholeCore : memory.usual,
      timeout,
      ...(props.concurrency && { reservedConcurrentExecutions: props.concurrency }),
      environment: Object.assign(
        {
          NODE_OPTIONS: '--enable-source-maps',
          METRICS_NAMESPACE: Stack.of(this).stackName,
          STAGE_LANGUAGE: props.language,
        },
        ...props.grants.map((grant) => grant.environment),
      ),
      role,
      logGroup: props.logGroup,
    });
    for (const { after } of props.grants) if (after) this.lambda.node.addDependency(after);
    // CDK's own property would add a second policy to each role, with the same permissions.
    if (props.tracing) (this.lambda.node.defaultChild as CfnFunction).tracingConfig = { mode: 'Active' };
  }
}
