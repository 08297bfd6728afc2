import { DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { GetHostedZoneCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import type { Config } from '../../config.ts';
import type { Aws } from '../aws.ts';
import { defineCheck } from '../check.ts';
import { ask, isRefused } from '../failure.ts';
import { ok, todo } from '../finding.ts';
import type { Target } from '../target.ts';

const noDomain = ({ domain }: Config) => (domain ? undefined : 'the stage has no "domain"');

export const hostedZone = defineCheck({
  name: 'hosted-zone',
  title: 'Hosted zone',
  actions: [
    'route53:GetHostedZone',
    'route53:ListResourceRecordSets',
    'cloudformation:DescribeStacks',
    'cloudformation:GetTemplate',
  ],
  codes: ['zone_missing', 'zone_has_other_name', 'zone_is_private', 'record_exists'],
  unusedBecause: (config) => noDomain(config) ?? (config.domain?.zone ? undefined : 'the zone is not in Route 53'),
  async run(target) {
    const { name = '', zone = { id: '', name: '' } } = target.config.domain ?? {};
    const found = await findZone(target.aws, zone.id);
    if (!found)
      return todo(
        'zone_missing',
        `The account has no zone ${zone.id}. "A host of your own" in docs/deploy.md shows how to look up its id.`,
      );
    if (found.name !== `${zone.name}.`)
      return todo('zone_has_other_name', `The zone ${zone.id} is ${found.name} and not ${zone.name}. Correct "zone".`);
    if (found.isPrivate)
      return todo('zone_is_private', `The zone ${zone.id} is private. Choose the public one of ${zone.name}.`);
    if ((await hasRecord(target.aws, zone.id, name)) && !(await isOwnRecord(target, name)))
      return todo('record_exists', `${name} has a record already, which CloudFormation does not replace. Delete it.`);
    return ok(`${zone.name} is public, and ${name} is ours or free`);
  },
});

async function findZone(aws: Aws, Id: string) {
  try {
    const { HostedZone } = await ask('route53:GetHostedZone', () =>
      aws.route53().send(new GetHostedZoneCommand({ Id })),
    );
    return { name: HostedZone?.Name, isPrivate: HostedZone?.Config?.PrivateZone };
  } catch (error) {
    if (isRefused(error, 'NoSuchHostedZone')) return undefined;
    throw error;
  }
}

async function hasRecord(aws: Aws, HostedZoneId: string, name: string): Promise<boolean> {
  const { ResourceRecordSets = [] } = await ask('route53:ListResourceRecordSets', () =>
    aws.route53().send(new ListResourceRecordSetsCommand({ HostedZoneId, StartRecordName: name, MaxItems: 10 })),
  );
  return ResourceRecordSets.some(({ Name, Type = '' }) => Name === `${name}.` && ['A', 'AAAA', 'CNAME'].includes(Type));
}

const isOwnRecord = async (target: Target, name: string): Promise<boolean> =>
  (await target.resources()).some(
    ({ Type, Properties }) => Type === 'AWS::Route53::RecordSet' && Properties?.Name === `${name}.`,
  );

export const certificate = defineCheck({
  name: 'certificate',
  title: 'Certificate',
  actions: ['acm:DescribeCertificate', 'sts:GetCallerIdentity'],
  codes: [
    'no_certificate',
    'certificate_of_other_account',
    'certificate_missing',
    'certificate_not_issued',
    'certificate_for_other_name',
  ],
  unusedBecause: noDomain,
  async run({ config, aws, stackName, identity }) {
    const { name = '', certificateArn } = config.domain ?? {};
    if (!certificateArn)
      return todo(
        'no_certificate',
        `Run "npx cdk deploy ${stackName}-edge", then put its output CertificateArn into "domain" as "certificateArn".`,
      );
    const { account } = await identity();
    if (certificateArn.split(':')[4] !== account)
      return todo(
        'certificate_of_other_account',
        `"certificateArn" is not of the account ${account}. CloudFront needs one of the same account.`,
      );
    const found = await findCertificate(aws, certificateArn);
    if (!found)
      return todo('certificate_missing', `There is no certificate ${certificateArn}. Correct "certificateArn".`);
    if (found.status !== 'ISSUED')
      return todo(
        'certificate_not_issued',
        `The certificate is in the state ${found.status}. CloudFront needs one that is issued: the console says what is missing.`,
      );
    if (!found.names.some((pattern) => covers(pattern, name)))
      return todo('certificate_for_other_name', `The certificate is for ${found.names.join(', ')}, not for ${name}.`);
    return ok(`issued for ${name} until ${found.until}`);
  },
});

async function findCertificate(aws: Aws, CertificateArn: string) {
  try {
    const { Certificate = {} } = await ask('acm:DescribeCertificate', () =>
      aws.acm().send(new DescribeCertificateCommand({ CertificateArn })),
    );
    const { Status: status, DomainName = '', SubjectAlternativeNames = [], NotAfter } = Certificate;
    return { status, names: [DomainName, ...SubjectAlternativeNames], until: NotAfter?.toISOString().slice(0, 10) };
  } catch (error) {
    if (isRefused(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

/** A star stands for one label. */
const covers = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.startsWith('*.') && name.replace(/^[^.]+/, '*') === pattern);
