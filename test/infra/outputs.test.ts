import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { Template as LocalTemplate } from '../../infra/local/aws/cloudformation/template.ts';
import type { Json } from '../support/api-client.ts';
import { chosen, makeStack } from '../support/stacks.ts';

/** What the stack tells the operator, with CloudFront and without. */

const synthesize = (prod: object = {}): Template => Template.fromStack(makeStack(chosen(prod)));

let template: Template;
let withoutEdge: Template;
beforeAll(() => {
  template = synthesize();
  withoutEdge = synthesize({ edge: false, googleClientId: 'id' });
});

/** The outputs, with references written as `{logical id}` or `{logical id.attribute}`. */
function outputsOf(of: Template): Record<string, string> {
  const text = (value: Json): string => {
    if (typeof value === 'string') return value;
    if (value.Ref) return `{${value.Ref}}`;
    if (value['Fn::GetAtt']) return `{${value['Fn::GetAtt'].join('.')}}`;
    return value['Fn::Join'][1].map(text).join(value['Fn::Join'][0]);
  };
  return Object.fromEntries(Object.entries<Json>(of.findOutputs('*')).map(([name, { Value }]) => [name, text(Value)]));
}

const idsOf = (type: string, of = template): string[] => Object.keys(of.findResources(type));

/** The only resource of a type whose logical id contains this. */
function idOf(type: string, part: string): string {
  const [id, ...others] = idsOf(type).filter((candidate) => candidate.includes(part));
  expect(others).toEqual([]);
  return `{${id}}`;
}

const host = (api: string) => `${idOf('AWS::ApiGatewayV2::Api', api)}.execute-api.{AWS::Region}.{AWS::URLSuffix}`;

describe('the outputs', () => {
  test('name the URLs of the app and those of API Gateway behind them', () => {
    const [distribution] = idsOf('AWS::CloudFront::Distribution');
    const edge = `{${distribution}.DomainName}`;
    expect(outputsOf(template)).toMatchObject({
      ApiBaseUrl: `https://${edge}`,
      WsBaseUrl: `wss://${edge}`,
      EdgeHost: edge,
      RestApiUrl: `https://${host('RestApi')}`,
      SocketApiUrl: `wss://${host('SocketApi')}/live`,
    });
  });

  test('put the domain into the URLs of the app', () => {
    const domain = {
      name: 'chat.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/c',
    };
    expect(outputsOf(synthesize({ domain, googleClientId: 'id' }))).toMatchObject({
      ApiBaseUrl: 'https://chat.example.com',
      WsBaseUrl: 'wss://chat.example.com',
      RestApiUrl: `https://${host('RestApi')}`,
      FlutterRun:
        'flutter run --dart-define=API_BASE_URL=https://chat.example.com --dart-define=WS_BASE_URL=wss://chat.example.com --dart-define=GOOGLE_CLIENT_ID=id',
    });
  });

  test('name what the operator looks into', () => {
    expect(outputsOf(template)).toMatchObject({
      ChatTable: idOf('AWS::DynamoDB::GlobalTable', 'Chat'),
      ConnectionsTable: idOf('AWS::DynamoDB::GlobalTable', 'Connections'),
      LogGroup: `{${idsOf('AWS::Logs::LogGroup').find((id) => id.startsWith('Logs'))}}`,
      AccessLogGroup: idOf('AWS::Logs::LogGroup', 'RestApi'),
      AlarmTopicArn: idOf('AWS::SNS::Topic', ''),
      DeadLettersUrl: idOf('AWS::SQS::Queue', 'DeliveryDeadLetters'),
      FilesBucket: idOf('AWS::S3::Bucket', ''),
      FilesDeadLettersUrl: idOf('AWS::SQS::Queue', 'FilesDeadLetters'),
    });
    expect(outputsOf(synthesize({ restoredTable: 'chat-restored' })).ChatTable).toBe('chat-restored');
  });

  test('say which commit is running, as a tag of every function does, and of nothing else', () => {
    expect(outputsOf(template).Commit).toBe('a commit');
    const tagged = Object.values<Json>(template.toJSON().Resources).filter(({ Properties: { Tags = [] } }) =>
      Tags.some?.(({ Key, Value }: Json) => Key === 'commit' && Value === 'a commit'),
    );
    expect(new Set(tagged.map(({ Type }) => Type))).toEqual(new Set(['AWS::Lambda::Function']));
    expect(tagged).toHaveLength(idsOf('AWS::Lambda::Function').length);
    expect(JSON.stringify(template.toJSON()).split('"a commit"')).toHaveLength(tagged.length + 2);
  });
});

describe('without CloudFront', () => {
  test('the app gets the URLs of API Gateway', () => {
    const { ApiBaseUrl, WsBaseUrl, FlutterRun, ...others } = outputsOf(withoutEdge);
    const rest = `https://${host('RestApi')}`;
    const socket = `wss://${host('SocketApi')}/live`;
    expect([ApiBaseUrl, WsBaseUrl]).toEqual([rest, socket]);
    expect(FlutterRun).toBe(
      `flutter run --dart-define=API_BASE_URL=${rest} --dart-define=WS_BASE_URL=${socket} --dart-define=GOOGLE_CLIENT_ID=id`,
    );
    expect(others).toMatchObject({ RestApiUrl: rest, SocketApiUrl: socket });
    expect(others).not.toHaveProperty('EdgeHost');
  });

  test('there is nothing of CloudFront, and no key by which functions would recognise it', () => {
    const types = Object.values<Json>(withoutEdge.toJSON().Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith('AWS::CloudFront'))).toEqual([]);
    expect(JSON.stringify(withoutEdge.toJSON())).not.toMatch(/EDGE_KEY|EdgeKey|chat-edge-key/);
  });

  test('the rest of the stack stays as it is', () => {
    const rest = Object.keys(template.toJSON().Resources).filter(
      (id) => !/^Edge|^KeysEdgeKey|^Files|^KeysFilesKey|^deletefiles|^WatchAlarms.*files/.test(id),
    );
    expect(Object.keys(withoutEdge.toJSON().Resources).sort()).toEqual(rest.sort());
  });

  test('the local runner can read the template', () => {
    const readers = Object.entries(new LocalTemplate(withoutEdge.toJSON(), '')).filter(
      ([, read]) => typeof read === 'function',
    );
    expect(readers.length).toBeGreaterThan(5);
    for (const [name, read] of readers) expect(read, name).not.toThrow();
  });
});
