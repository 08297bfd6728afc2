import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { reservedConcurrency } from '../../reserved-concurrency.ts';
import { defineCheck } from '../check.ts';
import { ask } from '../failure.ts';
import { ok, todo } from '../finding.ts';
import type { Target } from '../target.ts';

/** AWS refuses to reserve more than leaves these. */
const minUnreserved = 100;

export const lambdaConcurrency = defineCheck({
  name: 'lambda-concurrency',
  title: 'Lambda concurrency',
  actions: ['lambda:GetAccountSettings', 'cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
  codes: ['too_little_concurrency'],
  async run(target) {
    const { limit, unreserved } = await readLimits(target);
    const resources = await target.resources();
    const needed = sum(Object.values(reservedConcurrency(target.config)));
    if (needed === 0) return ok(`the stage reserves none; the account has ${limit}${limit < 1000 ? advice : ''}`);
    // What the stack has reserved already counts as reserved for the account too.
    const own = sum(resources.map(({ Properties }) => Number(Properties?.ReservedConcurrentExecutions ?? 0)));
    const free = unreserved + own;
    if (free >= needed + minUnreserved)
      return ok(
        `the stage reserves ${needed} of ${limit} concurrent executions, which leaves ${free - needed} unreserved`,
      );
    return todo(
      'too_little_concurrency',
      `The stage reserves ${needed} concurrent executions, and AWS requires that ${minUnreserved} more stay unreserved; the account has ${free}. Set "concurrency": false, or ask AWS for 1,000 under Service Quotas.`,
    );
  },
});

const advice = ', so ask AWS for 1,000 under Service Quotas before users come';

const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);

async function readLimits({ aws }: Target) {
  const { AccountLimit } = await ask('lambda:GetAccountSettings', () =>
    aws.lambda().send(new GetAccountSettingsCommand({})),
  );
  const { ConcurrentExecutions: limit = 0, UnreservedConcurrentExecutions: unreserved = 0 } = AccountLimit ?? {};
  return { limit, unreserved };
}
