import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';
import type { Json } from '../support/api-client.ts';
import { chosen, makeStack } from '../support/stacks.ts';

const synthesize = (prod: object = {}): Template => Template.fromStack(makeStack(chosen(prod)));

let template: Template;
beforeAll(() => {
  template = synthesize();
});

const propertiesOf = (type: string, of = template): Json[] =>
  Object.values<Json>(of.findResources(type)).map(({ Properties }) => Properties);

/** The statements of a role's inline policies and of the policies attached to it. */
function statementsOf(roleId: string): Json[] {
  const own = template.toJSON().Resources[roleId].Properties.Policies;
  const beside = template.findResources('AWS::IAM::Policy', {
    Properties: { Roles: Match.arrayWith([{ Ref: roleId }]) },
  });
  return [...own, ...Object.values<Json>(beside).map(({ Properties }) => Properties)].flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );
}

test('only login, register, refresh and rotation may read the key that signs the tokens', () => {
  const [schedule] = propertiesOf('AWS::SecretsManager::RotationSchedule');
  const readable = propertiesOf('AWS::Lambda::Function').flatMap(({ Description, Role }) =>
    statementsOf(Role['Fn::GetAtt'][0])
      .filter(({ Action }) => [Action].flat().includes('secretsmanager:GetSecretValue'))
      .flatMap(({ Resource }) => [Resource].flat().map((secret) => ({ Description, secret }))),
  );
  // Each is named by itself; a pattern could match another secret.
  for (const { secret } of readable) expect(secret).toEqual({ Ref: expect.any(String) });
  const readers = readable.filter(({ secret }) => secret.Ref === schedule?.SecretId.Ref);
  const names = readers.map(({ Description }) => Description);
  expect(names.sort()).toEqual(['auth/login', 'auth/refresh', 'auth/register', 'rotate-keys']);
  template.resourceCountIs('AWS::SecretsManager::ResourcePolicy', 0);
});

/** The holders of a secret's value, with its form in the template. */
function holders(of: Template): Map<string, Json> {
  const functions = propertiesOf('AWS::Lambda::Function', of).flatMap(({ Description, Environment: { Variables } }) =>
    ['CODE_KEY', 'EDGE_KEY'].map((name): [string, Json] => [`${Description} ${name}`, Variables[name]]),
  );
  const [distribution] = propertiesOf('AWS::CloudFront::Distribution', of);
  const headers = distribution?.DistributionConfig.Origins.map(({ OriginCustomHeaders }: Json) => OriginCustomHeaders);
  return new Map([...functions.filter(([, value]) => value), ['edge', headers]]);
}

test('a higher keyVersion changes the keys of digests and of the edge, wherever they are used', () => {
  const next = synthesize({ keyVersion: 2 });
  const [before, after] = [holders(template), holders(next)];
  // The edge, nine functions that make digests, and all that answer over REST.
  expect(before.size).toBe(1 + 9 + endpoints.length + 1);
  for (const [holder, value] of before) expect(after.get(holder), holder).not.toEqual(value);
  const secrets = (of: Template) => Object.keys(of.findResources('AWS::SecretsManager::Secret'));
  const made = secrets(next).filter((id) => !secrets(template).includes(id));
  expect(made.map((id) => id.slice(0, 12))).toEqual(['KeysCodeKey2', 'KeysEdgeKey2', 'KeysFilesKey']);
  // The key before this one still opens the URLs that clients have.
  expect(secrets(next)).toHaveLength(secrets(template).length + 1);
});

test('the first rotation waits for the function and the permission to invoke it', () => {
  const [{ DependsOn }] = Object.values<Json>(template.findResources('AWS::SecretsManager::RotationSchedule')) as [
    Json,
  ];
  const types = DependsOn.map((id: string) => template.toJSON().Resources[id].Type);
  expect(types).toEqual(expect.arrayContaining(['AWS::Lambda::Function', 'AWS::Lambda::Permission']));
});

test('only rotation may write the public keys', () => {
  const [control] = Object.keys(template.findResources('AWS::DynamoDB::GlobalTable')).filter((id) =>
    /Control/.test(id),
  );
  const writers = propertiesOf('AWS::Lambda::Function').filter(({ Role }) =>
    statementsOf(Role['Fn::GetAtt'][0])
      .filter(({ Resource }) => JSON.stringify(Resource).includes(control ?? 'no table'))
      .some(({ Action }) => [Action].flat().some((action) => !/:(Get|BatchGet)Item$|:Query$/.test(action))),
  );
  expect(writers.map(({ Description }) => Description)).toEqual(['rotate-keys']);
});
