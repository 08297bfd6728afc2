import {
  DescribeAccountAttributesCommand,
  GetProtectConfigurationCountryRuleSetCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { Aws } from '../aws.ts';
import { defineCheck } from '../check.ts';
import { ask } from '../failure.ts';
import { ok, todo } from '../finding.ts';
import { sendsNone } from './text-messages.ts';

const senderActions = [
  'sms-voice:DescribePhoneNumbers',
  'sms-voice:DescribePools',
  'sms-voice:DescribeSenderIds',
  'sms-voice:ListPoolOriginationIdentities',
];
const how = 'See "Text messages" in docs/deploy.md.';

export const smsSender = defineCheck({
  name: 'sms-sender',
  title: 'Sender of text messages',
  actions: senderActions,
  codes: ['no_sender', 'sender_in_other_region', 'sender_missing', 'sender_not_active', 'sender_not_for_codes'],
  unusedBecause: sendsNone,
  async run({ config, region, sender }) {
    const { origin } = config.textMessages;
    const [, , , originRegion] = origin?.split(':') ?? [];
    if (origin && originRegion !== region)
      return todo('sender_in_other_region', `"origin" is in ${originRegion}. Get a sender in ${region}. ${how}`);
    const found = await sender();
    if (!found && !origin) return todo('no_sender', `The account has no phone number that sends codes. ${how}`);
    if (!found) return todo('sender_missing', `The account has no ${origin}. Correct "origin" in cdk.json.`);
    if (!found.isActive)
      return todo('sender_not_active', `${found.name} is not active yet. The console shows its registration.`);
    if (!found.isForCodes)
      return todo('sender_not_for_codes', `${found.name} does not send transactional text messages. ${how}`);
    return ok(found.name);
  },
});

export const smsCountries = defineCheck({
  name: 'sms-countries',
  title: 'Countries',
  actions: [...senderActions, 'sms-voice:DescribeAccountAttributes', 'sms-voice:GetProtectConfigurationCountryRuleSet'],
  codes: ['countries_without_sender', 'countries_blocked'],
  unusedBecause: sendsNone,
  async run({ aws, config, sender }) {
    const { countries } = config.textMessages;
    const reached = (await sender())?.countries ?? [];
    const missing = reached === 'all' ? [] : countries.filter((country) => !reached.includes(country));
    if (missing.length > 0)
      return todo(
        'countries_without_sender',
        `No sender reaches ${missing.join(', ')}. Add one for each to a pool, or remove them from "countries".`,
      );
    const blocked = await blockedCountries(aws);
    const refused = countries.filter((country) => blocked.has(country));
    if (refused.length > 0)
      return todo(
        'countries_blocked',
        `The account's protect configuration blocks ${refused.join(', ')}. Change it in the console, or remove them from "countries".`,
      );
    return ok(countries.join(', '));
  },
});

/** The countries that the account's default protect configuration blocks. Most accounts have none. */
async function blockedCountries(aws: Aws): Promise<Set<string>> {
  const { AccountAttributes = [] } = await ask('sms-voice:DescribeAccountAttributes', () =>
    aws.sms().send(new DescribeAccountAttributesCommand({})),
  );
  const id = AccountAttributes.find(({ Name }) => Name === 'DEFAULT_PROTECT_CONFIGURATION_ID')?.Value;
  if (!id) return new Set();
  const asked = new GetProtectConfigurationCountryRuleSetCommand({
    ProtectConfigurationId: id,
    NumberCapability: 'SMS',
  });
  const { CountryRuleSet = {} } = await ask('sms-voice:GetProtectConfigurationCountryRuleSet', () =>
    aws.sms().send(asked),
  );
  const blocked = Object.entries(CountryRuleSet).filter(([, { ProtectStatus }]) => ProtectStatus === 'BLOCK');
  return new Set(blocked.map(([country]) => country));
}
