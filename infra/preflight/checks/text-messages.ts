import { DescribeAccountAttributesCommand, DescribeSpendLimitsCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { Config } from '../../config.ts';
import { defineCheck } from '../check.ts';
import { ask } from '../failure.ts';
import { ok, todo } from '../finding.ts';

export const sendsNone = ({ textMessages }: Config) =>
  textMessages.monthlyCap === 0 ? 'the stage sets "monthlyCap" to 0' : undefined;

export const smsAccount = defineCheck({
  name: 'sms-account',
  title: 'Text messages',
  actions: ['sms-voice:DescribeAccountAttributes'],
  codes: ['sms_sandbox'],
  unusedBecause: sendsNone,
  async run({ aws }) {
    const { AccountAttributes = [] } = await ask('sms-voice:DescribeAccountAttributes', () =>
      aws.sms().send(new DescribeAccountAttributesCommand({})),
    );
    const tier = AccountAttributes.find(({ Name }) => Name === 'ACCOUNT_TIER')?.Value;
    if (tier === 'PRODUCTION') return ok('the account may send to every phone');
    return todo(
      'sms_sandbox',
      'The account is in the sandbox, which sends only to verified phones. Ask for production access: "Text messages" in docs/deploy.md.',
    );
  },
});

/** Dollars a month that AWS gives a new account. */
const initialLimit = 1;

export const smsSpending = defineCheck({
  name: 'sms-spending',
  title: 'Spending on text messages',
  actions: ['sms-voice:DescribeSpendLimits'],
  codes: ['spending_limit_too_low'],
  unusedBecause: sendsNone,
  async run({ aws, config }) {
    const { SpendLimits = [] } = await ask('sms-voice:DescribeSpendLimits', () =>
      aws.sms().send(new DescribeSpendLimitsCommand({})),
    );
    const limit = SpendLimits.find(({ Name }) => Name === 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT');
    const dollars = (limit?.Overridden ? limit.EnforcedLimit : limit?.MaxLimit) ?? 0;
    const { monthlyCap } = config.textMessages;
    if (dollars > initialLimit) return ok(`$${dollars} a month, for up to ${monthlyCap} codes in 30 days`);
    return todo(
      'spending_limit_too_low',
      `The account may spend $${dollars} a month on text messages, and the stage may send ${monthlyCap} codes. Ask for more: "Text messages" in docs/deploy.md.`,
    );
  },
});
