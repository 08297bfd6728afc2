import { createInterface } from 'node:readline/promises';
import { ACMClient } from '@aws-sdk/client-acm';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { defaultProvider } from '@aws-sdk/credential-provider-node';

/** Where CloudFront takes its certificates from, and where the stack chat-{stage}-edge is. */
export const edgeRegion = 'us-east-1';

/** Milliseconds. */
const timeouts = { connectionTimeout: 5000, requestTimeout: 15_000, throwOnRequestTimeout: true };

/** The profile that CDK's command would use. */
const profileOf = ({ AWS_PROFILE, AWS_DEFAULT_PROFILE }: NodeJS.ProcessEnv) => AWS_PROFILE || AWS_DEFAULT_PROFILE;

/**
 * The region that `cdk deploy` would choose: from these variables, then from the profile, then us-east-1. CDK also asks
 * the metadata service of an EC2 instance, which this does not.
 */
export async function regionOfCdk(env = process.env): Promise<string> {
  const { AWS_REGION, AMAZON_REGION, AWS_DEFAULT_REGION, AMAZON_DEFAULT_REGION } = env;
  const chosen = AWS_REGION || AMAZON_REGION || AWS_DEFAULT_REGION || AMAZON_DEFAULT_REGION;
  if (chosen) return chosen;
  const profile = profileOf(env);
  // The SDK throws if the profile has no region.
  return await new STSClient({ ...(profile && { profile }) }).config.region().catch(() => edgeRegion);
}

/** Asks on the terminal for the code of a profile with multi-factor authentication, as CDK's command does. */
async function askForCode(device: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(`\nMFA code for ${device}: `);
  } finally {
    terminal.close();
  }
}

/** The clients of AWS, in the region of the stack. All of them use the operator's credentials. */
export class Aws {
  readonly region: string;
  private readonly credentials: ReturnType<typeof defaultProvider>;

  constructor(region: string) {
    this.region = region;
    const profile = profileOf(process.env);
    this.credentials = defaultProvider({ ...(profile && { profile }), mfaCodeProvider: askForCode });
  }

  private in(region: string) {
    return { region, credentials: this.credentials, maxAttempts: 2, requestHandler: timeouts };
  }

  cloudFormation = (region = this.region) => new CloudFormationClient(this.in(region));
  ssm = (region = this.region) => new SSMClient(this.in(region));
  acm = () => new ACMClient(this.in(edgeRegion));
  apiGateway = () => new APIGatewayClient(this.in(this.region));
  cloudFront = () => new CloudFrontClient(this.in(this.region));
  cloudWatch = () => new CloudWatchClient(this.in(this.region));
  lambda = () => new LambdaClient(this.in(this.region));
  logs = () => new CloudWatchLogsClient(this.in(this.region));
  route53 = () => new Route53Client(this.in(this.region));
  secrets = () => new SecretsManagerClient(this.in(this.region));
  sms = () => new PinpointSMSVoiceV2Client(this.in(this.region));
  sts = () => new STSClient(this.in(this.region));
}
