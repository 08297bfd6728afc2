import { needsEdgeStack } from '../../edge-stack.ts';
import { edgeRegion } from '../aws.ts';
import { defineCheck } from '../check.ts';
import { type DeployedStack, describeStack, failuresOf } from '../deployed-stack.ts';
import { oneLine } from '../failure.ts';
import { ok, todo } from '../finding.ts';

const actions = ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackEvents'];
const codes = ['stack_failed', 'stack_stuck', 'stack_busy'] as const;

export const stack = defineCheck({
  name: 'stack',
  title: 'Stack',
  actions,
  codes,
  run: async (target) => judge(target.stackName, await target.stack(), target.failures),
});

export const edgeStack = defineCheck({
  name: 'edge-stack',
  title: `Stack in ${edgeRegion}`,
  actions,
  codes,
  unusedBecause: (config) => (needsEdgeStack(config) ? undefined : 'the settings need no stack there'),
  async run({ aws, stackName }) {
    const name = `${stackName}-edge`;
    const client = aws.cloudFormation(edgeRegion);
    return judge(name, await describeStack(client, name), () => failuresOf(client, name));
  },
});

/** States from which no deployment can go on. */
const isFailed = /^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED)$/;
const isStuck = /^(UPDATE_ROLLBACK_FAILED|UPDATE_FAILED|DELETE_FAILED|IMPORT_ROLLBACK_FAILED)$/;

async function judge(name: string, stack: DeployedStack | undefined, failures: () => Promise<string[]>) {
  if (!stack) return ok(`${name} does not exist yet`);
  const { status } = stack;
  const state = `${name} is in the state ${status}.`;
  if (isFailed.test(status))
    return todo(
      'stack_failed',
      `${state} ${await cause(failures)}Fix the cause, then see "Start again" in docs/deploy.md.`,
    );
  if (isStuck.test(status))
    return todo('stack_stuck', `${state} ${await cause(failures)}See "A deployment that is stuck" in docs/operate.md.`);
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS')
    return todo('stack_busy', `${state} Wait until it has ended.`);
  return ok(`${name}: ${status}`);
}

async function cause(failures: () => Promise<string[]>): Promise<string> {
  const [first] = await failures();
  return first ? `The first error: "${oneLine(first)}". ` : '';
}
