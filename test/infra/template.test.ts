import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleFunctions } from '../../infra/bundle.ts';
import { ChatStack, functionNames } from '../../infra/chat-stack.ts';
import { readConfig } from '../../infra/config.ts';
import { endpoints } from '../../shared/contract/index.ts';
import { websocketRoutes } from '../../shared/contract/websocket.ts';
import type { Json } from '../support/api-client.ts';

let bundles: (name: string) => string;

function synthesize(context: Record<string, unknown> = {}): Template {
  const app = new App({ context, analyticsReporting: false });
  return Template.fromStack(new ChatStack(app, 'chat-test', readConfig(app), bundles));
}

let template: Template;
beforeAll(async () => {
  bundles = await bundleFunctions(functionNames);
  template = synthesize();
});

const functions = () =>
  Object.values<Json>(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties);
const statements = () =>
  Object.values<Json>(template.findResources('AWS::IAM::Role')).flatMap(({ Properties }) =>
    Properties.Policies.flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement),
  );

describe('the template', () => {
  test('has one function and one route for each endpoint and each socket route, one for everything else, one that delivers and one that rotates keys', () => {
    const names = [...endpoints, ...Object.values(websocketRoutes)].map(({ name }) => name);
    expect(
      functions()
        .map(({ Description }) => Description)
        .sort(),
    ).toEqual([...names, 'not-found', 'deliver', 'rotate-keys'].sort());
    const routes = Object.values<Json>(template.findResources('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties.RouteKey,
    );
    const rest = endpoints.map(({ method, path }) => `${method} ${path}`);
    expect(routes.sort()).toEqual([...rest, '$default', ...Object.keys(websocketRoutes)].sort());
  });

  test('runs every function on Node 24 and arm64, each with a log group that forgets', () => {
    for (const { Runtime, Architectures, LoggingConfig } of functions()) {
      expect({ Runtime, Architectures }).toEqual({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(LoggingConfig.LogGroup).toBeDefined();
    }
    template.resourceCountIs('AWS::Logs::LogGroup', functions().length);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('grants nothing on all resources, no action by wildcard, and no managed policy', () => {
    for (const { Action, Resource } of statements()) {
      expect([Resource].flat()).not.toContain('*');
      for (const action of [Action].flat()) expect(action).not.toContain('*');
    }
    template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  test.each([
    ['TOKEN_KEY', ['auth/login', 'auth/refresh', 'auth/register', 'rotate-keys']],
    ['EDGE_KEY', ['auth/login', 'auth/register', 'auth/send-code']],
    [
      'CODE_KEY',
      [
        'auth/change-password',
        'auth/login',
        'auth/send-code',
        'users/delete-me',
        'users/link-email',
        'users/link-phone',
      ],
    ],
  ])('gives each key to those who need it, and to no one else: %s', (variable, names) => {
    const holders = functions().filter(({ Environment }) => Environment?.Variables[variable]);
    expect(holders.map(({ Description }) => Description).sort()).toEqual(names);
  });

  test('keeps no error for another client', () => {
    const [{ Properties }] = Object.values<Json>(template.findResources('AWS::CloudFront::Distribution')) as [Json];
    for (const { ErrorCachingMinTTL } of Properties.DistributionConfig.CustomErrorResponses) {
      expect(ErrorCachingMinTTL).toBe(0);
    }
    const kept = Properties.DistributionConfig.CustomErrorResponses.map(({ ErrorCode }: Json) => ErrorCode);
    expect(kept).toEqual(expect.arrayContaining([404, 500, 502, 503, 504]));
  });

  test('lets nobody in without TLS', () => {
    const [{ Properties }] = Object.values<Json>(template.findResources('AWS::CloudFront::Distribution')) as [Json];
    const { DefaultCacheBehavior, CacheBehaviors, Origins } = Properties.DistributionConfig;
    for (const { ViewerProtocolPolicy } of [DefaultCacheBehavior, ...CacheBehaviors]) {
      expect(ViewerProtocolPolicy).toBe('https-only');
    }
    for (const { CustomOriginConfig } of Origins) {
      expect(CustomOriginConfig).toMatchObject({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] });
    }
  });

  test('keeps what must last and lets what expires go', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        ],
      },
    });
    template.resourcePropertiesCountIs(
      'AWS::DynamoDB::GlobalTable',
      { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } },
      2,
    );
  });

  test('throttles both APIs, and the endpoints that hash passwords more', () => {
    template.allResourcesProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 2000, ThrottlingBurstLimit: 1000 },
    });
    const strict = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      RouteSettings: { 'POST /auth/register': strict, 'POST /auth/login': strict },
    });
  });

  test('invokes again for a delivery that failed, then keeps it in a queue that an alarm watches', () => {
    const [queue = ''] = Object.keys(template.findResources('AWS::SQS::Queue'));
    template.hasResourceProperties('AWS::Lambda::Function', { Description: 'deliver', RecursiveLoop: 'Allow' });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  test('tells the app its two URLs', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual(['ApiBaseUrl', 'WsBaseUrl']);
  });

  test('is the same when it is synthesized again', () => {
    expect(synthesize().toJSON()).toEqual(template.toJSON());
  });
});

test('a stage that is no name is refused with what it should be', () => {
  expect(() => synthesize({ stage: 'My Stage' })).toThrow(/"stage" must be .* it is "My Stage"/);
});
