import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Config } from '../config.ts';
import { Aws } from './aws.ts';
import { deployedResources, describeStack, failuresOf, isDeployed } from './deployed-stack.ts';
import { ask } from './failure.ts';
import { type OperatorSecret, readOperatorSecret } from './operator-secret.ts';
import { findSender, phoneNumbersOf } from './sender.ts';

/** Where Google is. Tests have other URLs. */
export interface GoogleUrls {
  oauth: string;
  fcm: string;
}

/** The stage that is to be deployed, and where. What several checks need is asked once. */
export class Target {
  readonly config: Config;
  readonly region: string;
  readonly stackName: string;
  readonly aws: Aws;
  readonly google: GoogleUrls;

  constructor(
    config: Config,
    region: string,
    google = { oauth: 'https://oauth2.googleapis.com', fcm: 'https://fcm.googleapis.com' },
  ) {
    this.config = config;
    this.region = region;
    this.stackName = `chat-${config.stage}`;
    this.aws = new Aws(region);
    this.google = google;
  }

  readonly identity = once(async () => {
    const { Account = '', Arn = '' } = await ask('sts:GetCallerIdentity', () =>
      this.aws.sts().send(new GetCallerIdentityCommand({})),
    );
    return { account: Account, arn: Arn };
  });

  readonly stack = once(() => describeStack(this.aws.cloudFormation(), this.stackName));

  /** Empty if the stack is not deployed. */
  readonly resources = once(async () =>
    isDeployed(await this.stack())
      ? Object.values(await deployedResources(this.aws.cloudFormation(), this.stackName))
      : [],
  );

  /** Why the stack could not be deployed; empty if there is none. */
  readonly failures = once(async () =>
    (await this.stack()) ? failuresOf(this.aws.cloudFormation(), this.stackName) : [],
  );

  /** From which codes are sent; undefined if there is none. */
  readonly sender = once(() => {
    const { origin } = this.config.textMessages;
    return origin ? findSender(this.aws, origin) : phoneNumbersOf(this.aws);
  });

  readonly secret = once(async (): Promise<OperatorSecret> => {
    const { OperatorSecretArn: arn } = (await this.stack())?.outputs ?? {};
    return arn ? readOperatorSecret(this.aws, arn) : 'not deployed';
  });
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
