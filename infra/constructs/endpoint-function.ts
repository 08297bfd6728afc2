import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';

/** What a resource hands to a function: how to find it and what may be done with it, always together. */
export interface Grant {
  environment: Record<string, string>;
  statements: PolicyStatement[];
}

export interface EndpointFunctionProps extends Pick<Config, 'tracing'> {
  /** The function's name in `functions/`, shown in the console. */
  name: string;
  /** Folder of the bundle. */
  code: string;
  grants: Grant[];
  /** One for all functions, so that one search finds everything that came of a request. */
  logGroup: ILogGroup;
  /** Whether what it does is work for a processor, as hashing a password is. */
  wholeCore?: boolean | undefined;
  /** Without it CloudFormation makes one up. */
  functionName?: string;
  /** How many may run at once, kept free for this function; without it as many as the account has left. */
  concurrency?: number | undefined;
}

/** Megabytes. The share of a core grows with them: 1,769 is a whole one. */
const memory = { usual: 512, wholeCore: 1769 };

/** Delivery ends within 2 s, each call to DynamoDB within 2 s a try, an answer of the assistant within 20 s; API Gateway gives up at 29 s. */
const timeout = Duration.seconds(28);

/** One endpoint's Lambda with a role of its own: the role holds the grants and nothing else. */
export class EndpointFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: EndpointFunctionProps) {
    super(scope, id);
    const logs = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [props.logGroup.logGroupArn],
    });
    // X-Ray has no resources to name.
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
        { NODE_OPTIONS: '--enable-source-maps', METRICS_NAMESPACE: Stack.of(this).stackName },
        ...props.grants.map((grant) => grant.environment),
      ),
      role,
      logGroup: props.logGroup,
    });
    // Not by CDK's own property, which would give each role a second policy with what it has in the first.
    if (props.tracing) (this.lambda.node.defaultChild as CfnFunction).tracingConfig = { mode: 'Active' };
  }
}
