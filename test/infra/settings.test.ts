import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { EdgeStack, needsEdgeStack } from '../../infra/edge-stack.ts';
import { readConfig } from '../../infra/read-config.ts';
import type { Json } from '../support/api-client.ts';
import { chosen, makeStack } from '../support/stacks.ts';

const synthesize = (context: Record<string, unknown> = {}): Template => Template.fromStack(makeStack(context));

let template: Template;

beforeAll(() => {
  template = synthesize();
});

const certificateArn = 'arn:aws:acm:us-east-1:111111111111:certificate/c';

const domain = { name: 'chat.example.com', certificateArn };

const policies = (of: Template) => [
  ...Object.values<Json>(of.findResources('AWS::IAM::Role')).flatMap(({ Properties }) => Properties.Policies),
  ...Object.values<Json>(of.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties),
];

const statements = (of = template) => policies(of).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

describe('the settings', () => {
  test('let everything be deleted with a stack that does not keep its data', () => {
    const dev = synthesize({ stage: 'dev', stages: { dev: { keepData: false } } });
    for (const [id, { DeletionPolicy, Type }] of Object.entries<Json>(dev.toJSON().Resources))
      expect([undefined, 'Delete'], `${id}, ${Type}`).toContain(DeletionPolicy);
    expect(JSON.stringify(dev.toJSON())).not.toContain('"DeletionProtectionEnabled":true');
    // The shortest period that AWS allows.
    dev.allResourcesProperties('AWS::KMS::Key', { PendingWindowInDays: 7 });
  });

  test('keep the production data and files, the key of the Google tokens and the operator’s secret', () => {
    const kept = Object.values<Json>(template.toJSON().Resources).filter(({ DeletionPolicy = 'Delete' }) =>
      DeletionPolicy.startsWith('Retain'),
    );
    // A failed first deployment keeps only the table: its deletion protection would make the rollback fail, too.
    expect(kept.map(({ Type, DeletionPolicy }) => [Type, DeletionPolicy]).sort()).toEqual([
      ['AWS::DynamoDB::GlobalTable', 'Retain'],
      ['AWS::KMS::Key', 'RetainExceptOnCreate'],
      ['AWS::S3::Bucket', 'RetainExceptOnCreate'],
      ['AWS::SecretsManager::Secret', 'RetainExceptOnCreate'],
    ]);
  });

  test('protect a stack from deletion as long as it keeps its data', () => {
    expect(makeStack().terminationProtection).toBe(true);
    expect(makeStack(chosen({ keepData: false })).terminationProtection).toBe(false);
  });

  test('reserve concurrency for functions that could become expensive, unless it is switched off', () => {
    const reserved = (of: Template) =>
      Object.values<Json>(of.findResources('AWS::Lambda::Function'))
        .filter(({ Properties }) => Properties.ReservedConcurrentExecutions)
        .map(({ Properties }) => Properties.Description);
    expect(reserved(template).sort()).toEqual(['ai/ask-assistant', 'ai/list-suggestions', 'auth/send-code', 'deliver']);
    expect(reserved(synthesize(chosen({ concurrency: false })))).toEqual([]);
  });

  test('replace the stack’s own table with a restored one, and keep the own one', () => {
    const restored = synthesize(chosen({ restoredTable: 'chat-restored' }));
    restored.resourceCountIs('AWS::DynamoDB::GlobalTable', 3);
    const health = Object.values<Json>(restored.findResources('AWS::Lambda::Function')).find(
      ({ Properties }) => Properties.Description === 'health/check-health',
    );
    expect(health?.Properties.Environment.Variables.CHAT_TABLE).toBe('chat-restored');
    expect(JSON.stringify(restored.findResources('AWS::IAM::Role'))).toContain(':table/chat-restored');
  });

  test('choose the language of the texts for every function', () => {
    const languagesOf = (of: Template) =>
      new Set(
        Object.values<Json>(of.findResources('AWS::Lambda::Function'))
          .filter(({ Properties }) => Properties.Runtime === 'nodejs24.x')
          .map(({ Properties }) => Properties.Environment?.Variables.STAGE_LANGUAGE),
      );
    expect(languagesOf(template)).toEqual(new Set(['en']));
    expect(languagesOf(synthesize(chosen({ language: 'ru' })))).toEqual(new Set(['ru']));
  });

  test('refuse common passwords, unless a stage allows them', () => {
    const refusing = (of: Template) =>
      Object.values<Json>(of.findResources('AWS::Lambda::Function'))
        .map(({ Properties: { Description, Environment } }) => [
          Description,
          Environment.Variables.REFUSE_COMMON_PASSWORDS,
        ])
        .filter(([, value]) => value !== undefined)
        .sort();
    const all = (value: string) =>
      ['auth/change-password', 'auth/register', 'users/link-email'].map((name) => [name, value]);
    expect(refusing(template)).toEqual(all('true'));
    expect(refusing(synthesize(chosen({ refuseCommonPasswords: false })))).toEqual(all('false'));
  });

  test('switch tracing on, with its grants', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/xray:|TracingConfig/);
    const traced = synthesize(chosen({ tracing: true }));
    traced.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    const tracing = statements(traced).filter(({ Resource }) => Resource === '*');
    expect(tracing).toHaveLength(Object.keys(traced.findResources('AWS::Lambda::Function')).length);
  });

  test('accept the zone itself as the host', () => {
    const zone = { id: 'Z1', name: 'example.com' };
    const { domain: own } = readConfig(new App({ context: chosen({ domain: { name: 'example.com', zone } }) }));
    expect(own?.name).toBe('example.com');
  });

  test('give the host a name, with DNS records in its zone and TLS 1.2', () => {
    const zone = { id: 'Z1', name: 'example.com' };
    const named = synthesize(chosen({ domain: { ...domain, zone } }));
    named.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['chat.example.com'],
        ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
      },
    });
    for (const Type of ['A', 'AAAA'])
      named.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'chat.example.com.', Type, HostedZoneId: 'Z1' });
  });

  test('require a stack in us-east-1 only for a certificate or a firewall', () => {
    const zone = { id: 'Z1', name: 'example.com' };
    const needs = (settings: object) => needsEdgeStack(readConfig(new App({ context: chosen(settings) })));
    expect([{}, { domain }, { domain: { ...domain, zone, ownCertificate: true } }].map(needs)).toEqual([
      false,
      false,
      false,
    ]);
    expect([{ waf: {} }, { domain: { name: domain.name, zone } }].map(needs)).toEqual([true, true]);
    const app = new App({ context: chosen({ waf: {}, domain: { name: domain.name, zone } }) });
    const edge = Template.fromStack(new EdgeStack(app, 'edge', readConfig(app)));
    edge.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      Rules: [
        Match.objectLike({
          Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP' } },
          Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
        }),
        Match.objectLike({ Name: 'CommonRuleSet' }),
        Match.objectLike({ Name: 'KnownBadInputsRuleSet' }),
      ],
    });
    expect(Object.keys(edge.findOutputs('*')).sort()).toEqual(['CertificateArn', 'WebAclArn']);
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  test('make the firewall block nothing because of a body, where users may write anything, or without a User-Agent', () => {
    const app = new App({ context: chosen({ waf: {} }) });
    const acl = Object.values<Json>(
      Template.fromStack(new EdgeStack(app, 'edge', readConfig(app))).findResources('AWS::WAFv2::WebACL'),
    )[0];
    const counted = acl?.Properties.Rules.flatMap(
      ({ Statement }: Json) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? [],
    );
    for (const { ActionToUse } of counted) expect(ActionToUse).toEqual({ Count: {} });
    // Besides the first, every rule of the two groups that inspects bodies.
    expect(counted.map(({ Name }: Json) => Name)).toEqual([
      'NoUserAgent_HEADER',
      'SizeRestrictions_BODY',
      'CrossSiteScripting_BODY',
      'EC2MetaDataSSRF_BODY',
      'GenericRFI_BODY',
      'GenericLFI_BODY',
      'JavaDeserializationRCE_BODY',
      'Log4JRCE_BODY',
      'ReactJSRCE_BODY',
    ]);
  });

  test.each<[string, object, RegExp]>([
    ['an unknown setting', { keepDate: true }, /Unrecognized key: "keepDate"/],
    ['a value that is not allowed', { logDays: 31 }, /→ at logDays/],
    ['a language that has no texts', { language: 'de' }, /→ at language/],
    ['a nested setting', { assistant: { userTokens: -1 } }, />=0\n +→ at assistant.userTokens/],
    [
      'a certificate that CloudFront does not accept',
      { domain: { ...domain, certificateArn: 'arn:aws:acm:eu-west-1:111111111111:certificate/c' } },
      /must be an ARN of acm in us-east-1\n +→ at domain.certificateArn/,
    ],
    [
      'an own certificate without an ARN',
      { domain: { name: 'chat.example.com', zone: { id: 'Z1', name: 'example.com' }, ownCertificate: true } },
      /"ownCertificate" needs "certificateArn"\n +→ at domain/,
    ],
    [
      'a host outside its zone',
      { domain: { name: 'chat.myexample.com', zone: { id: 'Z1', name: 'example.com' } } },
      /must be a name in the zone\n +→ at domain.name/,
    ],
    [
      'an ARN instead of a table name',
      { restoredTable: 'arn:aws:dynamodb:eu-west-1:111111111111:table/chat' },
      /must be a table's name\n +→ at restoredTable/,
    ],
    [
      'a domain without a zone or a certificate',
      { domain: { name: 'chat.example.com' } },
      /needs "zone" or "certificateArn"/,
    ],
    [
      'a domain without CloudFront',
      { edge: false, domain },
      /needs CloudFront, which "edge": false leaves out. Remove "domain" or set "edge" to true\n +→ at domain/,
    ],
    ['a health check without a host', { healthCheck: {} }, /needs "host".* or a "domain"\n +→ at healthCheck/],
    ['a firewall without CloudFront', { edge: false, waf: {} }, /Remove "waf" or set "edge" to true\n +→ at waf/],
  ])('are named when they are invalid: %s', (_what, settings, message) => {
    expect(() => synthesize(chosen(settings))).toThrow(message);
  });
});

test('a stage that is not in cdk.json is rejected, and so is a setting outside the stages', () => {
  expect(() => synthesize({ stage: 'prd', stages: { prod: {}, dev: {} } })).toThrow(
    'The stage "prd" is not in cdk.json. It has: prod, dev.',
  );
  expect(() => synthesize({ stages: { live: {} } })).toThrow('The stage "prod" is not in cdk.json. It has: live.');
  expect(() => synthesize({ tracing: 'false' })).toThrow(
    /"tracing" is outside a stage. Move it in cdk.json to "context"/,
  );
});

test('an invalid stage name is rejected with the expected format', () => {
  expect(() => synthesize({ stage: 'My Stage' })).toThrow(/Invalid "stage": "My Stage". Use a letter/);
});
