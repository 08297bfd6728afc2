import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';
import { websocketRoutes } from '#shared/contract/websocket/index.ts';
import type { Json } from '../support/api-client.ts';
import { chosen, everything, makeStack } from '../support/stacks.ts';

const synthesize = (context: Record<string, unknown> = {}): Template => Template.fromStack(makeStack(context));

let template: Template;

beforeAll(() => {
  template = synthesize();
});

const functions = () =>
  Object.values<Json>(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties);

const policies = (of: Template) => [
  ...Object.values<Json>(of.findResources('AWS::IAM::Role')).flatMap(({ Properties }) => Properties.Policies),
  ...Object.values<Json>(of.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties),
];

const statements = (of = template) => policies(of).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

describe('the template', () => {
  test('has a function and a route for each endpoint and each socket route, a default route, and functions that deliver, erase, delete files, rotate keys and serve the operator', () => {
    const names = [...endpoints, ...Object.values(websocketRoutes)].map(({ name }) => name);
    const background = ['deliver', 'erase-reactions', 'delete-files', 'rotate-keys', 'count-reports'];
    const others = ['not-found', 'operator', ...background];
    expect(
      functions()
        .map(({ Description }) => Description)
        .sort(),
    ).toEqual([...names, ...others].sort());
    const routes = Object.values<Json>(template.findResources('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties.RouteKey,
    );
    const rest = endpoints.map(({ method, path }) => `${method} ${path}`);
    const head = ['HEAD /health', 'HEAD /openapi.json', 'HEAD /asyncapi.json'];
    expect(routes.sort()).toEqual(
      [...rest, ...head, 'POST /operator/{command}', '$default', ...Object.keys(websocketRoutes)].sort(),
    );
    // A function's routes share an integration.
    template.resourceCountIs('AWS::ApiGatewayV2::Integration', routes.length - head.length);
  });

  test('runs every function on Node 24 and arm64, with one log group that expires its logs', () => {
    const groups = functions().map(({ LoggingConfig }) => LoggingConfig.LogGroup.Ref);
    expect(new Set(groups).size).toBe(1);
    for (const { Runtime, Architectures } of functions())
      expect({ Runtime, Architectures }).toEqual({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    template.hasResource('AWS::Logs::LogGroup', { Properties: { LogGroupName: 'chat-test' } });
  });

  test('grants no action by wildcard, no managed policy, and all resources only to X-Ray, which has none', () => {
    const traced = synthesize(chosen({ tracing: true }));
    for (const { Action, Resource } of [...statements(), ...statements(traced)]) {
      if ([Resource].flat().includes('*'))
        expect(Action).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
      for (const action of [Action].flat()) expect(action).not.toContain('*');
    }
    template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  test.each([
    ['TOKEN_KEY', ['auth/login', 'auth/refresh', 'auth/register', 'rotate-keys']],
    ['EDGE_KEY', [...endpoints.map(({ name }) => name), 'not-found'].sort()],
    [
      'CODE_KEY',
      [
        'ai/ask-assistant',
        'auth/change-password',
        'auth/login',
        'auth/send-code',
        'chats/send-message',
        'users/delete-me',
        'users/link-email',
        'users/link-phone',
        'websocket/message',
      ],
    ],
  ])('gives each key only to the functions that need it: %s', (variable, names) => {
    const holders = functions().filter(({ Environment }) => Environment?.Variables[variable]);
    expect(holders.map(({ Description }) => Description).sort()).toEqual(names);
  });

  test('has the edge send the secret that makes functions trust its client address', () => {
    const [{ Properties }] = Object.values<Json>(template.findResources('AWS::CloudFront::Distribution')) as [Json];
    const sent = Properties.DistributionConfig.Origins.map(({ OriginCustomHeaders }: Json) => OriginCustomHeaders);
    const [trusted] = functions().flatMap(({ Environment }) => Environment?.Variables.EDGE_KEY ?? []);
    expect(JSON.stringify(trusted)).toMatch(/resolve:secretsmanager:.*"KeysEdgeKey/);
    const header = { HeaderName: 'chat-edge-key', HeaderValue: trusted };
    // The bucket trusts CloudFront's signature.
    expect(sent).toEqual([[header], [header], undefined]);
  });

  test('lets each function be invoked only by a named source', () => {
    template.allResourcesProperties('AWS::Lambda::Permission', { SourceArn: Match.anyValue() });
  });

  test('caches no error for another client', () => {
    const [{ Properties }] = Object.values<Json>(template.findResources('AWS::CloudFront::Distribution')) as [Json];
    for (const { ErrorCachingMinTTL } of Properties.DistributionConfig.CustomErrorResponses) {
      expect(ErrorCachingMinTTL).toBe(0);
    }
    const kept = Properties.DistributionConfig.CustomErrorResponses.map(({ ErrorCode }: Json) => ErrorCode);
    // 403, and every status that CloudFront caches whatever the response's headers say.
    expect(kept).toEqual([403, 404, 405, 414, 500, 501, 502, 503, 504]);
  });

  test('hands sockets to their API, also behind a doubled slash', () => {
    const [{ Properties }] = Object.values<Json>(template.findResources('AWS::CloudFront::Distribution')) as [Json];
    const { DefaultCacheBehavior, CacheBehaviors } = Properties.DistributionConfig;
    const behaviors = CacheBehaviors.map(({ PathPattern, ...behavior }: Json) => [PathPattern, behavior]);
    const [[, sockets]] = behaviors;
    // CloudFront may take the second one for /*/ws/*, so the first one is needed too.
    expect(behaviors.slice(0, 2)).toEqual([
      ['/ws/*', sockets],
      ['*/ws/*', sockets],
    ]);
    expect(sockets.TargetOriginId).not.toBe(DefaultCacheBehavior.TargetOriginId);
    expect(sockets.FunctionAssociations).toEqual([expect.objectContaining({ EventType: 'viewer-request' })]);
  });

  test('accepts only TLS', () => {
    const [{ Properties }] = Object.values<Json>(template.findResources('AWS::CloudFront::Distribution')) as [Json];
    const { DefaultCacheBehavior, CacheBehaviors, Origins } = Properties.DistributionConfig;
    for (const { ViewerProtocolPolicy } of [DefaultCacheBehavior, ...CacheBehaviors]) {
      expect(ViewerProtocolPolicy).toBe('https-only');
    }
    // S3 gets what CloudFront gets, by HTTPS; the bucket's policy refuses anything else.
    for (const { CustomOriginConfig, S3OriginConfig } of Origins) {
      if (!S3OriginConfig)
        expect(CustomOriginConfig).toMatchObject({
          OriginProtocolPolicy: 'https-only',
          OriginSSLProtocols: ['TLSv1.2'],
        });
    }
  });

  test('protects the durable table and expires items in all', () => {
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
      3,
    );
  });

  test('throttles both APIs, and the endpoints that hash passwords more strictly', () => {
    template.allResourcesProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 2000, ThrottlingBurstLimit: 1000 },
    });
    const strict = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      RouteSettings: { 'POST /auth/register': strict, 'POST /auth/login': strict },
    });
  });

  test.each(['deliver', 'erase-reactions'])(
    'retries %s, then keeps its event in a queue that an alarm watches',
    (name) => {
      const [queue = ''] = Object.keys(template.findResources('AWS::SQS::Queue'));
      const [logicalId = ''] = Object.keys(
        template.findResources('AWS::Lambda::Function', { Properties: { Description: name, RecursiveLoop: 'Allow' } }),
      );
      template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
        FunctionName: { Ref: logicalId },
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
      });
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: 'chat-test-dead-letters',
        Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
      });
      const sending = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [queue, 'Arn'] } };
      const ofQueue = statements().filter(({ Resource }) => JSON.stringify(Resource).includes(queue));
      expect(ofQueue).toEqual([sending, sending]);
      template.hasResourceProperties('AWS::IAM::Role', {
        Policies: [{ PolicyDocument: { Statement: Match.arrayWith([sending]) } }],
      });
    },
  );

  test('has room for more, with every setting switched on', () => {
    const { Resources } = synthesize(chosen(everything)).toJSON();
    // CloudFormation's quota is 500. An endpoint takes four: a function, a role, an integration and a route.
    expect(Object.keys(Resources).length).toBeLessThanOrEqual(480);
  });

  test('is the same when it is synthesized again', () => {
    expect(synthesize().toJSON()).toEqual(template.toJSON());
  });
});
