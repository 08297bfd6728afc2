import { DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { Aws } from '../aws.ts';
import { defineCheck } from '../check.ts';
import { isDeployed } from '../deployed-stack.ts';
import { ask, isRefused } from '../failure.ts';
import { ok, todo } from '../finding.ts';
import type { Target } from '../target.ts';

/** Resources with a fixed name, which CloudFormation cannot create while others have the name. */
export const leftovers = defineCheck({
  name: 'leftovers',
  title: 'Leftovers',
  actions: [
    'cloudformation:DescribeStacks',
    'lambda:GetFunctionConfiguration',
    'logs:DescribeLogGroups',
    'cloudwatch:DescribeAlarms',
    'cloudwatch:ListDashboards',
  ],
  codes: ['leftovers'],
  async run(target) {
    if (isDeployed(await target.stack())) return ok('what has a fixed name belongs to the stack');
    const names: string[] = [];
    for (const find of [logGroups, functions, alarms, dashboards]) names.push(...(await find(target)));
    if (names.length === 0) return ok('no resource of an earlier stack is in the way');
    return todo('leftovers', `Delete what an earlier stack left behind: ${names.join(', ')}.`);
  },
});

async function logGroups({ aws, stackName }: Target): Promise<string[]> {
  const { logGroups = [] } = await ask('logs:DescribeLogGroups', () =>
    aws.logs().send(new DescribeLogGroupsCommand({ logGroupNamePrefix: stackName })),
  );
  return logGroups.filter(({ logGroupName }) => logGroupName === stackName).map(() => `the log group ${stackName}`);
}

async function functions({ aws, stackName }: Target): Promise<string[]> {
  const found: string[] = [];
  for (const name of [`${stackName}-deliver`, `${stackName}-erase-reactions`])
    if (await hasFunction(aws, name)) found.push(`the function ${name}`);
  return found;
}

async function hasFunction(aws: Aws, FunctionName: string): Promise<boolean> {
  try {
    await ask('lambda:GetFunctionConfiguration', () =>
      aws.lambda().send(new GetFunctionConfigurationCommand({ FunctionName })),
    );
    return true;
  } catch (error) {
    if (isRefused(error, 'ResourceNotFoundException')) return false;
    throw error;
  }
}

async function alarms({ aws, stackName }: Target): Promise<string[]> {
  const { MetricAlarms = [] } = await ask('cloudwatch:DescribeAlarms', () =>
    aws.cloudWatch().send(new DescribeAlarmsCommand({ AlarmNamePrefix: `${stackName}-` })),
  );
  return MetricAlarms.map(({ AlarmName = '' }) => AlarmName)
    .filter((name) => !name.startsWith(`${stackName}-edge-`))
    .map((name) => `the alarm ${name}`);
}

async function dashboards({ aws, stackName, region }: Target): Promise<string[]> {
  const name = `${stackName}-${region}`;
  const { DashboardEntries = [] } = await ask('cloudwatch:ListDashboards', () =>
    aws.cloudWatch().send(new ListDashboardsCommand({ DashboardNamePrefix: name })),
  );
  return DashboardEntries.filter(({ DashboardName }) => DashboardName === name).map(() => `the dashboard ${name}`);
}
