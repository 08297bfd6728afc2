import { SecretValue, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Grant } from './endpoint-function.ts';

/**
 * The ES256 key pair of the tokens: a secret of Secrets Manager, `{stack}/token-keys`, that the operator makes before
 * the first deployment (README). CloudFormation puts each half only into the functions that have its grant.
 */
export class TokenKeys extends Construct {
  private readonly secretName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secretName = `${Stack.of(this).stackName}/token-keys`;
  }

  /** Lets a function make tokens. */
  signing(): Grant {
    return this.grantOf('TOKEN_PRIVATE_KEY', 'privateKey');
  }

  /** Lets a function check tokens. */
  verifying(): Grant {
    return this.grantOf('TOKEN_PUBLIC_KEY', 'publicKey');
  }

  private grantOf(variable: string, jsonField: string): Grant {
    const value = SecretValue.secretsManager(this.secretName, { jsonField });
    return { environment: { [variable]: value.unsafeUnwrap() }, statements: [] };
  }
}
