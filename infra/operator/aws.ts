import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { failureOf } from './aws-failure.ts';
import { callerArn } from './caller-arn.ts';
import { Failure } from './failure.ts';
import type { Signer } from './signed-fetch.ts';
import type { Target } from './target.ts';

/** The API of a stage: the output RestApiUrl of its stack. */
export async function findStage(stage: string, region: string | undefined): Promise<Target> {
  const { client, signer } = await connect(region);
  const stack = `chat-${stage}`;
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((error) => {
    throw failureOf(error, { stack, region: signer.region });
  });
  const url = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'RestApiUrl')?.OutputValue;
  if (!url) throw new Failure('misused', `The stack ${stack} has no output RestApiUrl. Deploy this version first.`);
  return { url: new URL(url), signer, label: await labelOf(stack, signer) };
}

/** The API at any URL. The host of an API names its region. */
export async function findApi(url: URL, region: string | undefined): Promise<Target> {
  const [, regionOfHost] = /\.execute-api\.([a-z0-9-]+)\./.exec(url.hostname) ?? [];
  const { signer } = await connect(region ?? regionOfHost);
  return { url, signer, label: await labelOf(url.origin, signer) };
}

/** The region and the credentials, as the SDK finds them. */
async function connect(chosen: string | undefined): Promise<{ client: CloudFormationClient; signer: Signer }> {
  const client = new CloudFormationClient(chosen === undefined ? {} : { region: chosen });
  const region = await client.config.region().catch(() => {
    throw new Failure('misused', 'No region is set. Add --region, or set AWS_REGION or AWS_PROFILE.');
  });
  const credentials = await client.config.credentials().catch((error) => {
    throw failureOf(error);
  });
  return { client, signer: { credentials, region } };
}

const labelOf = async (where: string, signer: Signer) => `${where} in ${signer.region} as ${await callerArn(signer)}`;
