import { expect, test } from 'vitest';
import { invocable } from '../../../../../infra/local/aws/api-gateway/invocable.ts';
import type { Api } from '../../../../../infra/local/aws/cloudformation/apis.ts';
import { Template } from '../../../../../infra/local/aws/cloudformation/template.ts';
import { Roles } from '../../../../../infra/local/aws/iam/roles.ts';

/** The runner's API Gateway invokes functions with the roles of its integrations. */

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const lambda = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Description: 'a function',
    Code: { S3Key: 'hash.zip' },
    Handler: 'index.handler',
    Role: arnOf('FunctionRole'),
    Timeout: 1,
    MemorySize: 128,
  },
};
const route = (RouteKey: string, integration: string) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Api' },
    RouteKey,
    Target: { 'Fn::Join': ['/', ['integrations', { Ref: integration }]] },
  },
});
const integration = (functionId: string, CredentialsArn: object) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: { IntegrationUri: arnOf(functionId), CredentialsArn },
});

/** An API with the routes "GET /listed" and "GET /forgotten", whose role may invoke these functions. */
function makeApi(mayInvoke: string[], integrations: object = {}) {
  const statement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: mayInvoke.map(arnOf) };
  const resources = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default' } },
    ListedRoute: route('GET /listed', 'ListedIntegration'),
    ForgottenRoute: route('GET /forgotten', 'ForgottenIntegration'),
    ListedIntegration: integration('Listed', arnOf('ApiRole')),
    ForgottenIntegration: integration('Forgotten', arnOf('ApiRole')),
    ...integrations,
    Listed: lambda,
    Forgotten: lambda,
    Deliver: lambda,
    FunctionRole: { Type: 'AWS::IAM::Role', Properties: {} },
    ApiRole: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyDocument: { Statement: [statement] } }] },
    },
  };
  const template = new Template({ Resources: resources }, '');
  const roles = new Roles(template.principals());
  const [api] = template.apis() as [Api];
  const running = new Map(template.functions().map(({ id }) => [id, { invoke: async () => `answer of ${id}` }]));
  return { roles, functions: invocable(api, running, roles) };
}

test('a function that its role leaves out is not invoked', async () => {
  const { functions } = makeApi(['Listed']);
  await expect(functions.get('Listed')?.invoke({}, 1000)).resolves.toBe('answer of Listed');
  await expect(functions.get('Forgotten')?.invoke({}, 1000)).rejects.toThrow(
    'GET /forgotten: the role ApiRole is not allowed to invoke the function Forgotten',
  );
});

test('a function that its role lists without a route is reported', async () => {
  const { roles, functions } = makeApi(['Listed', 'Forgotten', 'Deliver']);
  await functions.get('Listed')?.invoke({}, 1000);
  await functions.get('Forgotten')?.invoke({}, 1000);
  expect(roles.unused()).toEqual(['ApiRole lambda:InvokeFunction arn:aws:lambda:local:000000000000:function/Deliver']);
  expect([...functions.keys()]).toEqual(['Listed', 'Forgotten']);
});

test('an integration without a role is an error, because nothing else lets it invoke its function', () => {
  const { Type, Properties } = integration('Listed', {});
  const without = { ListedIntegration: { Type, Properties: { IntegrationUri: Properties.IntegrationUri } } };
  expect(() => makeApi(['Listed'], without)).toThrow(/ListedIntegration:[\s\S]*CredentialsArn/);
});
