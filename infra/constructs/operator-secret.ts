import { SecretValue, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Grant } from './endpoint-function.ts';

/** The secret `{stack}/operator`, which the operator fills with the credentials of services outside AWS. */
export class OperatorSecret extends Construct {
  private readonly secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const empty = SecretValue.unsafePlainText('');
    this.secret = new Secret(this, 'Secret', {
      secretName: `${Stack.of(this).stackName}/operator`,
      description: 'Credentials of services outside AWS, filled in by the operator',
      // Empty at first. CloudFormation doesn't write it again, because nothing here changes.
      secretObjectValue: { openaiApiKey: empty, googleClientId: empty, googleClientSecret: empty },
    });
  }

  /** Lets a function read it. */
  reading(): Grant {
    return {
      environment: { OPERATOR_SECRET: this.secret.secretArn },
      statements: [
        new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] }),
      ],
    };
  }
}
