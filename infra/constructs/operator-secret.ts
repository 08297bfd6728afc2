import { RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** The secret into which the operator puts the credentials of OpenAI and Google. */
export class OperatorSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { keepData }: Pick<Config, 'keepData'>) {
    super(scope, id);
    const empty = SecretValue.unsafePlainText('');
    const { secretArn } = new Secret(this, 'Secret', {
      description: `${Stack.of(this).stackName}: credentials of services outside AWS, filled in by the operator`,
      removalPolicy: keepData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
      // Empty at first. CloudFormation does not overwrite the operator's values, because this never changes.
      secretObjectValue: { openaiApiKey: empty, googleClientId: empty, googleClientSecret: empty },
    });
    this.arn = secretArn;
  }

  /** Lets a function read the secret. */
  read(): Grant {
    return {
      environment: { OPERATOR_SECRET: this.arn },
      statements: [new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.arn] })],
    };
  }
}
