import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** Google's URLs, and the KMS key that encrypts users' Google tokens. */
export class Google extends Construct {
  private readonly key: Key;

  constructor(scope: Construct, id: string, { keepData }: Pick<Config, 'keepData'>) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: `${Stack.of(this).stackName}: encrypts the Google tokens of users`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(7),
      removalPolicy: keepData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
  }

  /** Lets a function encrypt or decrypt Google tokens. */
  tokenKey(...actions: ('Encrypt' | 'Decrypt')[]): Grant {
    return {
      environment: { GOOGLE_KEY: this.key.keyArn },
      statements: [
        new PolicyStatement({ actions: actions.map((action) => `kms:${action}`), resources: [this.key.keyArn] }),
      ],
    };
  }

  /** Gives a function the URLs of Google's OAuth and Meet. */
  urls(): Grant {
    return {
      environment: {
        GOOGLE_OAUTH_URL: 'https://oauth2.googleapis.com',
        GOOGLE_MEET_URL: 'https://meet.googleapis.com/',
      },
      statements: [],
    };
  }
}
