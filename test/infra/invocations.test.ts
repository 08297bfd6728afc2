import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { beforeAll, expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';
import { websocketRoutes } from '#shared/contract/websocket/index.ts';
import { Invocations } from '../../infra/constructs/invocations.ts';
import type { Json } from '../support/api-client.ts';
import { makeStack } from '../support/stacks.ts';

/** How the two APIs invoke functions. */

let template: Template;
beforeAll(() => {
  template = Template.fromStack(makeStack());
});

const resources = (type: string): [id: string, resource: Json][] => Object.entries<Json>(template.findResources(type));

/** The role of each API, with its logical id. An API that had two would have one of them here. */
function rolesOfApis() {
  return resources('AWS::ApiGatewayV2::Api').map(([apiId, { Properties }]) => {
    const integrations = resources('AWS::ApiGatewayV2::Integration').filter(
      ([, integration]) => integration.Properties.ApiId.Ref === apiId,
    );
    const roleIds = new Set(
      integrations.map(([, integration]) => integration.Properties.CredentialsArn['Fn::GetAtt'][0]),
    );
    expect(roleIds.size).toBe(1);
    const [roleId] = [...roleIds];
    return { protocol: Properties.ProtocolType, roleId, role: template.toJSON().Resources[roleId].Properties };
  });
}

const nameOf = (functionArn: Json): string =>
  template.toJSON().Resources[functionArn['Fn::GetAtt'][0]].Properties.Description;

test('the role of each API may invoke the functions of its routes and do nothing else', () => {
  const allowed = rolesOfApis().map(({ protocol, role }) => {
    const statements = role.Policies.flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement);
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: expect.any(Array) }]);
    return [protocol, statements[0].Resource.map(nameOf).sort()];
  });
  expect(Object.fromEntries(allowed)).toEqual({
    HTTP: [...endpoints.map(({ name }) => name), 'not-found', 'operator'].sort(),
    WEBSOCKET: Object.values(websocketRoutes)
      .map(({ name }) => name)
      .sort(),
  });
});

test('the roles trust API Gateway only', () => {
  for (const { role } of rolesOfApis())
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'apigateway.amazonaws.com' } },
    ]);
});

test('only what Secrets Manager and EventBridge start needs a permission on its function', () => {
  const permissions = resources('AWS::Lambda::Permission').map(([, { Properties }]) => [
    Properties.Principal,
    nameOf(Properties.FunctionName),
  ]);
  expect(permissions.sort()).toEqual([
    ['events.amazonaws.com', 'count-reports'],
    ['secretsmanager.amazonaws.com', 'rotate-keys'],
  ]);
});

test('a policy is part of its role, so that CloudFormation updates it before the integration of a new function', () => {
  for (const { role, roleId } of rolesOfApis()) {
    expect(role.Policies).toHaveLength(1);
    expect(JSON.stringify(resources('AWS::IAM::Policy'))).not.toContain(roleId);
  }
});

test('80 functions with the longest possible names fit into the policy of one role', () => {
  const stack = new Stack();
  const invocations = new Invocations(stack, 'Invocations');
  for (let n = 0; n < 80; n++)
    invocations.http(
      new LambdaFunction(stack, `Function${n}`, {
        runtime: Runtime.NODEJS_24_X,
        handler: 'index.handler',
        code: Code.fromInline('//'),
      }),
    );
  const roles = Object.values<Json>(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  const [policy] = roles.flatMap(({ Properties }) => Properties.Policies ?? []);
  const longest = `arn:aws:lambda:ap-southeast-1:111111111111:function:${'f'.repeat(64)}`;
  const document = JSON.stringify(policy.PolicyDocument).replaceAll(
    /\{"Fn::GetAtt":\[[^\]]+\]\}/g,
    JSON.stringify(longest),
  );
  expect(document.split(longest)).toHaveLength(81);
  // IAM's quota for the inline policies of a role, in characters without white space.
  expect(document.length).toBeLessThan(10_240);
});
