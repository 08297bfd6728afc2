import { accountId, type World } from './world.ts';

/** What a service refuses, by the name of its error. */
export class Refusal extends Error {
  constructor(name: string, message: string = name) {
    super(message);
    this.name = name;
  }
}

/** Where a request arrived, and what it says: the body of a JSON service or of a form, or the path. */
export interface Asked {
  region: string;
  path: string;
  body: Record<string, unknown>;
}

const member = (items: string[]) => items.map((item) => `<member>${item}</member>`).join('');
const found = <T>(value: T | undefined, name: string): T => {
  if (value === undefined) throw new Refusal(name);
  return value;
};

function stackOf({ stacks }: World, { region, body }: Asked) {
  const stack = stacks[`${region}/${body.StackName}`];
  if (!stack) throw new Refusal('ValidationError', `Stack with id ${body.StackName} does not exist`);
  return stack;
}

/** A page of two items. */
function page<T>(items: T[], { body }: Asked): { items: T[]; NextToken?: string } {
  const from = Number(body.NextToken ?? 0);
  return { items: items.slice(from, from + 2), ...(from + 2 < items.length && { NextToken: String(from + 2) }) };
}

/** The answers of AWS's services to the actions, in XML or as an object. */
export const answers: Record<string, (world: World, asked: Asked) => string | object> = {
  'sts:GetCallerIdentity': () =>
    `<Arn>arn:aws:iam::${accountId}:user/operator</Arn><UserId>AIDA</UserId><Account>${accountId}</Account>`,
  'ssm:GetParameter': ({ bootstrap }, { region }) => ({
    Parameter: { Type: 'String', Value: String(found(bootstrap[region], 'ParameterNotFound')), Version: 1 },
  }),
  'cloudformation:DescribeStacks': (world, asked) => {
    const { status, outputs } = stackOf(world, asked);
    const shown = Object.entries(outputs).flatMap(([name, value]) =>
      value === undefined ? [] : `<OutputKey>${name}</OutputKey><OutputValue>${value}</OutputValue>`,
    );
    const times = '<CreationTime>2026-01-01T00:00:00.000Z</CreationTime>';
    return `<Stacks><member><StackName>${asked.body.StackName}</StackName>${times}<StackStatus>${status}</StackStatus><Outputs>${member(shown)}</Outputs></member></Stacks>`;
  },
  'cloudformation:GetTemplate': (world, asked) => {
    const template = JSON.stringify({ Resources: stackOf(world, asked).resources });
    return `<TemplateBody>${template.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</TemplateBody>`;
  },
  // The newest first. Each failure is followed by a cancelled resource.
  'cloudformation:DescribeStackEvents': (world, asked) => {
    const { failures, status } = stackOf(world, asked);
    const reasons = failures.flatMap((reason) => [reason, 'Resource creation cancelled']).reverse();
    const events = [['', status], ...reasons.map((reason) => [reason, 'CREATE_FAILED'])];
    const { items, NextToken } = page(events, asked);
    const shown = items.map(
      ([reason, status]) =>
        `<EventId>e</EventId><ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason>`,
    );
    return `<StackEvents>${member(shown)}</StackEvents>${NextToken ? `<NextToken>${NextToken}</NextToken>` : ''}`;
  },
  'lambda:GetAccountSettings': ({ concurrency }) => ({ AccountLimit: concurrency, AccountUsage: {} }),
  'lambda:GetFunctionConfiguration': ({ functions }, { path }) => {
    const name = path.split('/')[3];
    return {
      FunctionName: found(
        functions.find((one) => one === name),
        'ResourceNotFoundException',
      ),
    };
  },
  'logs:DescribeLogGroups': ({ logGroups }, { body }) => ({
    logGroups: logGroups
      .filter((name) => name.startsWith(String(body.logGroupNamePrefix)))
      .map((logGroupName) => ({ logGroupName })),
  }),
  'cloudwatch:DescribeAlarms': ({ alarms }, { body }) => ({
    MetricAlarms: alarms
      .filter((name) => name.startsWith(String(body.AlarmNamePrefix)))
      .map((AlarmName) => ({ AlarmName })),
  }),
  'cloudwatch:ListDashboards': ({ dashboards }, { body }) => ({
    DashboardEntries: dashboards
      .filter((name) => name.startsWith(String(body.DashboardNamePrefix)))
      .map((DashboardName) => ({ DashboardName })),
  }),
  'cloudfront:ListDistributions': ({ distributions }) =>
    `<DistributionList><Marker></Marker><MaxItems>1</MaxItems><IsTruncated>false</IsTruncated><Quantity>${distributions}</Quantity></DistributionList>`,
  'apigateway:GET': ({ apiQuota }) => ({ throttleSettings: apiQuota, features: ['UsagePlans'], apiKeyVersion: '4' }),
  'route53:GetHostedZone': ({ zones }, { path }) => {
    const { name, isPrivate } = found(zones[path.split('/')[3] ?? ''], 'NoSuchHostedZone');
    return `<GetHostedZoneResponse><HostedZone><Id>${path.slice(11)}</Id><Name>${name}</Name><CallerReference>r</CallerReference><Config><PrivateZone>${isPrivate}</PrivateZone></Config></HostedZone></GetHostedZoneResponse>`;
  },
  'route53:ListResourceRecordSets': ({ zones }, { path }) => {
    const { records } = found(zones[path.split('/')[3] ?? ''], 'NoSuchHostedZone');
    const shown = records.map(
      ({ name, type }) => `<ResourceRecordSet><Name>${name}</Name><Type>${type}</Type></ResourceRecordSet>`,
    );
    return `<ListResourceRecordSetsResponse><ResourceRecordSets>${shown.join('')}</ResourceRecordSets><IsTruncated>false</IsTruncated><MaxItems>10</MaxItems></ListResourceRecordSetsResponse>`;
  },
  'acm:DescribeCertificate': ({ certificates }, { region, body }) => {
    const known = region === 'us-east-1' ? certificates[String(body.CertificateArn)] : undefined;
    return { Certificate: { ...found(known, 'ResourceNotFoundException'), NotAfter: 1_830_297_600 } };
  },
  'sms-voice:DescribeAccountAttributes': ({ sms }) => ({
    AccountAttributes: [
      { Name: 'ACCOUNT_TIER', Value: sms.tier },
      ...(sms.protection ? [{ Name: 'DEFAULT_PROTECT_CONFIGURATION_ID', Value: 'protect-1' }] : []),
    ],
  }),
  'sms-voice:DescribeSpendLimits': ({ sms }) => ({
    SpendLimits: [{ Name: 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT', ...sms.spendLimit }],
  }),
  'sms-voice:DescribePhoneNumbers': ({ sms }, asked) => {
    const ids = asked.body.PhoneNumberIds as string[] | undefined;
    const known = sms.phoneNumbers.filter(({ PhoneNumberArn }) => ids?.includes(PhoneNumberArn) ?? true);
    if (ids && known.length === 0) throw new Refusal('ResourceNotFoundException');
    const { items, NextToken } = page(known, asked);
    return { PhoneNumbers: items, NextToken };
  },
  'sms-voice:DescribePools': ({ sms }) => ({ Pools: [{ PoolId: 'pool-1', ...sms.pool }] }),
  'sms-voice:ListPoolOriginationIdentities': ({ sms }, asked) => {
    const { items, NextToken } = page(sms.poolCountries, asked);
    return { OriginationIdentities: items.map((IsoCountryCode) => ({ IsoCountryCode })), NextToken };
  },
  'sms-voice:DescribeSenderIds': ({ sms }) => ({ SenderIds: sms.senderIds }),
  'sms-voice:GetProtectConfigurationCountryRuleSet': ({ sms }) => ({
    CountryRuleSet: Object.fromEntries(
      Object.entries(sms.protection ?? {}).map(([country, ProtectStatus]) => [country, { ProtectStatus }]),
    ),
  }),
  'secretsmanager:GetSecretValue': ({ secret }, { body }) => ({
    ARN: body.SecretId,
    SecretString: found(secret, 'ResourceNotFoundException'),
  }),
};

/** The actions of the services whose requests are named by their paths. */
export const restActions: [service: string, path: RegExp, action: string][] = [
  ['lambda', /\/account-settings\/?$/, 'lambda:GetAccountSettings'],
  ['lambda', /\/functions\/[^/]+\/configuration$/, 'lambda:GetFunctionConfiguration'],
  ['apigateway', /^\/account$/, 'apigateway:GET'],
  ['cloudfront', /\/distribution$/, 'cloudfront:ListDistributions'],
  ['route53', /\/hostedzone\/[^/]+$/, 'route53:GetHostedZone'],
  ['route53', /\/hostedzone\/[^/]+\/rrset$/, 'route53:ListResourceRecordSets'],
];
