import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { needsEdgeStack } from '../../edge-stack.ts';
import { edgeRegion } from '../aws.ts';
import { defineCheck } from '../check.ts';
import { ask, isRefused } from '../failure.ts';
import { ok, todo } from '../finding.ts';

/** Below it, CDK's command refuses to deploy the template. */
export const minBootstrapVersion = 6;

const actions = ['ssm:GetParameter'];
const codes = ['not_bootstrapped', 'bootstrap_too_old'] as const;

export const bootstrap = defineCheck({
  name: 'bootstrap',
  title: 'Bootstrap',
  actions,
  codes,
  run: ({ aws }) => checkBootstrap(aws.ssm(), 'npx cdk bootstrap'),
});

export const edgeBootstrap = defineCheck({
  name: 'edge-bootstrap',
  title: `Bootstrap in ${edgeRegion}`,
  actions: [...actions, 'sts:GetCallerIdentity'],
  codes,
  unusedBecause(config, region) {
    if (!needsEdgeStack(config)) return 'the settings need no stack there';
    return region === edgeRegion ? 'it is the region of the stack' : undefined;
  },
  async run({ aws, identity }) {
    const { account } = await identity();
    return checkBootstrap(aws.ssm(edgeRegion), `npx cdk bootstrap aws://${account}/${edgeRegion}`);
  },
});

async function checkBootstrap(client: SSMClient, command: string) {
  const version = await readVersion(client);
  if (version === undefined) return todo('not_bootstrapped', `Run "${command}".`);
  if (version >= minBootstrapVersion) return ok(`version ${version}`);
  return todo(
    'bootstrap_too_old',
    `Version ${version} is older than ${minBootstrapVersion}, which CDK needs. Run "${command}".`,
  );
}

/** Undefined if the region was not bootstrapped. */
async function readVersion(client: SSMClient): Promise<number | undefined> {
  try {
    const { Parameter } = await ask('ssm:GetParameter', () =>
      client.send(new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' })),
    );
    return Number(Parameter?.Value);
  } catch (error) {
    if (isRefused(error, 'ParameterNotFound')) return undefined;
    throw error;
  }
}
