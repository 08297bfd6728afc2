import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

const days = 30;

/** The keys of the stack. AWS generates them, except the one that signs tokens: `rotate-keys` creates and replaces it. */
export class Keys extends Construct {
  private readonly tokenKey: Secret;
  private readonly codeKey: Secret;
  /** Undefined without CloudFront. */
  private readonly edgeKey: Secret | undefined;
  private readonly keyVersion: number;
  /** The keys by version; empty in a stage without files. */
  private readonly fileSecrets = new Map<number, Secret>();

  constructor(scope: Construct, id: string, config: Pick<Config, 'keyVersion' | 'edge' | 'files'>) {
    super(scope, id);
    const { keyVersion, edge, files } = config;
    this.keyVersion = keyVersion;
    const { stackName } = Stack.of(this);
    // Without fixed names: a deleted secret blocks its name for weeks, so a stack could not be deployed again.
    const secret = (name: string, description: string) =>
      new Secret(this, name, {
        description: `${stackName}: ${description}`,
        generateSecretString: { passwordLength: 43, excludePunctuation: true },
      });
    this.tokenKey = secret('TokenKey', 'signs tokens; rotated automatically');
    // CloudFormation reads a secret's value only when a resource changes. A new version is another secret, so everything
    // that contains the key changes, in one deployment.
    this.codeKey = secret(`CodeKey${keyVersion}`, 'key of digests: of one-time codes and of drafts');
    if (edge) this.edgeKey = secret(`EdgeKey${keyVersion}`, 'shows functions that a request came through CloudFront');
    if (!edge || !files) return;
    // Keeps the previous version too, so that URLs that clients already have go on working.
    for (const version of [keyVersion, keyVersion - 1].filter(Boolean))
      this.fileSecrets.set(version, secret(`FilesKey${version}`, 'signs URLs of files'));
  }

  /** Lets a function sign tokens. */
  signTokens(): Grant {
    return this.managingTokenKey('GetSecretValue');
  }

  /** Lets the function `rotate-keys` replace the key that signs tokens. */
  rotateTokenKey(): Grant {
    return this.managingTokenKey('GetSecretValue', 'PutSecretValue', 'DescribeSecret', 'UpdateSecretVersionStage');
  }

  /** Makes the function rotate the key that signs tokens: at once, which creates the first key, and then every 30 days. */
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
    // The first rotation starts at once, so it needs the function with its permission.
    schedule.node.addDependency(lambda);
  }

  /** Lets a function compute digests with a key: of one-time codes, and of the drafts of messages. */
  makeDigests(): Grant {
    return { environment: { CODE_KEY: this.codeKey.secretValue.unsafeUnwrap() }, statements: [] };
  }

  /** Lets a function recognise requests from the edge, whose header with the client's address it can trust. */
  trustEdge(): Grant {
    const key = this.edgeKey?.secretValue.unsafeUnwrap();
    return { environment: key === undefined ? {} : { EDGE_KEY: key }, statements: [] };
  }

  /** The headers that the edge adds to every request. */
  edgeHeaders(): Record<string, string> {
    const key = this.edgeKey?.secretValue.unsafeUnwrap();
    return key === undefined ? {} : { 'chat-edge-key': key };
  }

  /** The keys that sign URLs of files, by their version: the current one and the one before it. */
  fileKeys(): Record<string, string> {
    return Object.fromEntries([...this.fileSecrets].map(([version, key]) => [version, key.secretValue.unsafeUnwrap()]));
  }

  /** The environment of a function that signs URLs of files. */
  signFileUrls(): Record<string, string> {
    const key = this.fileKeys()[this.keyVersion];
    return key === undefined ? {} : { FILES_KEY: key, FILES_KEY_VERSION: String(this.keyVersion) };
  }

  private managingTokenKey(...actions: string[]): Grant {
    const secretsmanager = actions.map((action) => `secretsmanager:${action}`);
    return {
      environment: { TOKEN_KEY: this.tokenKey.secretArn },
      statements: [new PolicyStatement({ actions: secretsmanager, resources: [this.tokenKey.secretArn] })],
    };
  }
}
