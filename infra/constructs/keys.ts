import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

const days = 30;

/** The keys of the stack. All are made by AWS; the one that signs the tokens is made and changed by `rotate-keys`. */
export class Keys extends Construct {
  private readonly tokenKey: Secret;
  private readonly publicKeysName: string;
  private readonly publicKeySet: StringParameter;
  private readonly codeKey: Secret;
  private readonly edgeKey: Secret;

  constructor(scope: Construct, id: string, { keyVersion }: Pick<Config, 'keyVersion'>) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    // Without names of their own: a deleted secret keeps its name for weeks, and a stack that comes back could not have it.
    const secret = (name: string, description: string) =>
      new Secret(this, name, {
        description: `${stackName}: ${description}`,
        generateSecretString: { passwordLength: 43, excludePunctuation: true },
      });
    this.tokenKey = secret('TokenKey', 'signs the tokens; rotated by itself');
    // CloudFormation reads a secret again only for a resource that changes. A new version is another secret, so that
    // whatever holds the key does change, all of it in one deployment.
    this.codeKey = secret(`CodeKey${keyVersion}`, 'of the digests of one-time codes');
    this.edgeKey = secret(`EdgeKey${keyVersion}`, 'by which a function knows that a request came through CloudFront');
    this.publicKeysName = `/${stackName}/public-keys`;
    // Never to be changed, not even its description: CloudFormation would write the value again, and no token would verify.
    this.publicKeySet = new StringParameter(this, 'PublicKeys', {
      parameterName: this.publicKeysName,
      description: 'The keys that verify tokens, a JWK Set; written by rotate-keys',
      stringValue: JSON.stringify({ keys: [] }),
    });
  }

  /** Lets a function make tokens. */
  signing(): Grant {
    return this.managingTokenKey('GetSecretValue');
  }

  /** Lets a function check tokens. */
  verifying(): Grant {
    return this.publicKeys('GetParameter');
  }

  /** Lets the rotation function do its work. */
  rotating(): Grant[] {
    return [
      this.managingTokenKey('GetSecretValue', 'PutSecretValue', 'DescribeSecret', 'UpdateSecretVersionStage'),
      this.publicKeys('GetParameter', 'PutParameter'),
    ];
  }

  /** Has the function rotate the key that signs the tokens: now, as there is none yet, and then every 30 days. */
  rotateBy(lambda: LambdaFunction): void {
    lambda.addPermission('SecretsManager', {
      principal: new ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceArn: this.tokenKey.secretArn,
    });
    const schedule = new CfnRotationSchedule(this, 'Rotation', {
      secretId: this.tokenKey.secretArn,
      rotationLambdaArn: lambda.functionArn,
      rotationRules: { automaticallyAfterDays: days },
    });
    // The permission too, or the first rotation, which comes at once, would be refused; and it writes the parameter.
    schedule.node.addDependency(lambda, this.publicKeySet);
  }

  /** Lets a function make and check the digests of one-time codes. */
  codes(): Grant {
    return { environment: { CODE_KEY: this.codeKey.secretValue.unsafeUnwrap() }, statements: [] };
  }

  /** Lets a function believe what the edge says of a client's address. */
  addresses(): Grant {
    return { environment: { EDGE_KEY: this.edgeKey.secretValue.unsafeUnwrap() }, statements: [] };
  }

  /** What the edge sends along with every request. */
  edgeHeaders(): Record<string, string> {
    return { 'chat-edge-key': this.edgeKey.secretValue.unsafeUnwrap() };
  }

  private managingTokenKey(...actions: string[]): Grant {
    const secretsmanager = actions.map((action) => `secretsmanager:${action}`);
    return {
      environment: { TOKEN_KEY: this.tokenKey.secretArn },
      statements: [new PolicyStatement({ actions: secretsmanager, resources: [this.tokenKey.secretArn] })],
    };
  }

  private publicKeys(...actions: string[]): Grant {
    const ssm = actions.map((action) => `ssm:${action}`);
    // Written out: the parameter is the same for whoever reads it, and this needs no reference to it.
    const resource = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: this.publicKeysName.slice(1),
    });
    return {
      environment: { PUBLIC_KEYS: this.publicKeysName },
      statements: [new PolicyStatement({ actions: ssm, resources: [resource] })],
    };
  }
}
