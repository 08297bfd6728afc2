import { SecretValue, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Keys as SecretContent } from '../make-keys.ts';
import type { Grant } from './endpoint-function.ts';

/**
 * The keys of the stack: a secret of Secrets Manager, `{stack}/keys`, that the operator makes before the first
 * deployment (README). CloudFormation puts each of them only where its grant is.
 */
export class Keys extends Construct {
  private readonly secretName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secretName = `${Stack.of(this).stackName}/keys`;
  }

  /** Lets a function make tokens. */
  signing(): Grant {
    return this.grantOf('TOKEN_PRIVATE_KEY', 'privateKey');
  }

  /** Lets a function check tokens. */
  verifying(): Grant {
    return this.grantOf('TOKEN_PUBLIC_KEY', 'publicKey');
  }

  /** Lets a function make and check the digests of one-time codes. */
  codes(): Grant {
    return this.grantOf('CODE_KEY', 'codeKey');
  }

  /** Lets a function believe what the edge says of a client's address. */
  addresses(): Grant {
    return this.grantOf('EDGE_KEY', 'edgeKey');
  }

  /** What the edge sends along with every request. */
  edgeHeaders(): Record<string, string> {
    return { 'chat-edge-key': this.value('edgeKey') };
  }

  private grantOf(variable: string, field: keyof SecretContent): Grant {
    return { environment: { [variable]: this.value(field) }, statements: [] };
  }

  private value(jsonField: keyof SecretContent): string {
    return SecretValue.secretsManager(this.secretName, { jsonField }).unsafeUnwrap();
  }
}
