import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { message } from '#shared/contract/chats/message.ts';
import { type Endpoint, problemsOf } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import { problem } from '#shared/contract/problem.ts';
import { type ProblemCode, problems } from '#shared/contract/problems.ts';
import * as websocket from '#shared/contract/websocket/index.ts';
import asyncapi from '../../docs/asyncapi.json' with { type: 'json' };
import openapi from '../../docs/openapi.json' with { type: 'json' };
import { specFiles } from '../../infra/specs/files.ts';
import { picture } from '../../infra/specs/tour.ts';
import project from '../../package.json' with { type: 'json' };
import type { Json } from '../support/api-client.ts';

/** What is generated from the contract is up to date, and its examples are valid. */

const root = join(import.meta.dirname, '../..');

test.each(Object.entries(specFiles()))('%s is up to date with npm run specs', (file, text) => {
  const path = join(root, file);
  const fresh = existsSync(path) && readFileSync(path, 'utf8') === text;
  expect(fresh, `${file} is stale: run npm run specs`).toBe(true);
});

test('docs/bruno has no request for a removed endpoint', () => {
  const files = readdirSync(join(root, 'docs/bruno'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== picture.file)
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
  expect(Object.keys(specFiles())).toEqual(expect.arrayContaining(files));
});

const paths: Json = openapi.paths;
const responses: Json = openapi.components.responses;
const operationOf = ({ path, method }: Endpoint): Json => paths[path][method.toLowerCase()];
const examplesOf = ({ example, examples = {} }: Json): unknown[] =>
  example === undefined ? Object.values<Json>(examples).map(({ value }) => value) : [example];

/** Every field of an example must be one that the schema knows. */
const strict = (schema: z.ZodMiniType, example: unknown) => expect(z.parse(schema, example)).toEqual(example);

describe.each(endpoints)('$method $path', (endpoint) => {
  const operation = operationOf(endpoint);

  const parameters: Json[] = operation.parameters ?? [];
  const valuesOf = (some: Json[]) => Object.fromEntries(some.map(({ name, example }) => [name, String(example)]));

  test('has a valid example of each parameter', () => {
    const { params, query } = endpoint;
    for (const { name, example } of parameters) expect(example, name).toBeDefined();
    if (params) strict(params, valuesOf(parameters.filter((parameter) => parameter.in === 'path')));
    const inQuery = parameters.filter((parameter) => parameter.in === 'query');
    const required = inQuery.filter((parameter) => parameter.required);
    // Some optional parameters exclude each other.
    for (const parameter of inQuery)
      expect(z.safeParse(query as z.ZodMiniType, valuesOf([...required, parameter])).success, parameter.name).toBe(
        true,
      );
  });

  test('has a valid example of its body', () => {
    const { body } = endpoint;
    if (!body) return expect(operation.requestBody).toBeUndefined();
    const examples = examplesOf(operation.requestBody.content['application/json']);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) strict(body, example);
  });

  test('has a valid example of its response', () => {
    const examples = examplesOf(operation.responses[200].content['application/json']);
    expect(examples).toHaveLength(1);
    for (const example of examples) strict(endpoint.response, example);
  });

  test('has an example of a problem with one of its own fields', () => {
    const refusal = responses[operation.responses[400]?.$ref.split('/').at(-1)];
    const example = refusal?.content['application/problem+json'].examples.invalid_input;
    if (!example) return expect(problemsOf(endpoint)).not.toContain('invalid_input');
    const schemas: Json = openapi.components.schemas;
    const body = operation.requestBody?.content['application/json'].schema.$ref.split('/').at(-1);
    const fields = [...parameters.map(({ name }) => name), ...Object.keys(schemas[body]?.properties ?? {})];
    const problemExamples: Json = openapi.components.examples;
    const { errors } = problemExamples[example.$ref.split('/').at(-1)].value;
    expect(errors).toHaveLength(1);
    expect(fields).toContain(errors[0].path);
  });

  test('lists all its problem codes, each under its status', () => {
    const declared = Object.entries<Json>(operation.responses).flatMap(([status, { $ref }]) => {
      if (status === '200') return [];
      const { content } = responses[$ref.split('/').at(-1)];
      const codes = Object.keys(content['application/problem+json'].examples) as ProblemCode[];
      for (const code of codes) expect(problems[code].status).toBe(Number(status));
      return codes;
    });
    expect(declared.sort()).toEqual(problemsOf(endpoint).sort());
  });
});

test.each(Object.entries<Json>(openapi.components.examples))('the example %s is a valid problem', (name, { value }) => {
  strict(problem, value);
  expect(value.code).toBe(name.split('-')[0]);
});

test('both specs have the version in package.json', () => {
  expect([openapi.info.version, asyncapi.info.version]).toEqual([project.version, project.version]);
});

test('examples are named after their fields', () => {
  const { examples } = openapi.paths['/auth/login'].post.requestBody.content['application/json'];
  expect(Object.keys(examples)).toEqual(['emailAndPassword', 'phoneAndCodeAndDevice']);
});

test('every tag in use has a description, and no other tag has one', () => {
  const used = endpoints.flatMap((endpoint) => operationOf(endpoint).tags);
  expect(new Set(openapi.tags.map(({ name }) => name))).toEqual(new Set(used));
});

test('operation ids are unique and make good method names', () => {
  const names = endpoints.map((endpoint) => operationOf(endpoint).operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
});

test('OpenAPI has nothing that client generators cannot turn into a good class', () => {
  const text = JSON.stringify(openapi);
  for (const word of ['oneOf', 'anyOf', 'discriminator', 'additionalProperties', 'nullable', '"null"'])
    expect(text).not.toContain(word);
});

const schemas = Object.entries<Json>(openapi.components.schemas);

test('no schema has the name of a class that clients have already', () => {
  const taken = [
    // openapi-generator's own classes: Kotlin, Java, TypeScript, Swift.
    'ApiClient ApiResponse ApiException ApiError ClientError ServerError Success Informational Redirection',
    'Configuration Middleware Pair RequestConfig RequestTask ServerConfiguration ErrorResponse',
    // Languages and their libraries, SwiftUI and Alamofire among them.
    'Any Array Boolean Data Date DateTime Double Error Exception Field File Future Int Json Key List Map Never Null Object',
    'Option Optional Record Request Response Result Set State Stream String Symbol Task Type Unit Uri URL Void',
    'Button Color Context Font Form Group Image Label Link Menu Section Session Shape Text Theme Toggle View Widget',
  ].flatMap((names) => names.split(' '));
  expect(schemas.map(([name]) => name).filter((name) => taken.includes(name))).toEqual([]);
});

test('clients accept values that they do not know, and send only known ones', () => {
  const closed = schemas.filter(([, schema]) => /"(enum|const)":/.test(JSON.stringify(schema))).map(([name]) => name);
  expect(closed.sort()).toEqual([
    ...[
      'CreateFileRequest',
      'RenameGroupRequest',
      'SetNotificationsRequest',
      'SetPushRequest',
      'SetRoleRequest',
      'UpdateMeRequest',
    ],
  ]);
  expect(openapi.components.schemas.Message.properties.type).toEqual({
    type: 'string',
    description: 'One of `text`, `ai`, `system`; there may be new ones.',
    'x-extensible-enum': ['text', 'ai', 'system'],
  });
});

test.each(Object.entries<Json>(asyncapi.components.messages))('the frame %s has a valid example', (name, frame) => {
  const frames: Record<string, z.ZodMiniType> = { Message: message };
  for (const [exported, value] of Object.entries<unknown>(websocket))
    if (value instanceof z.ZodMiniType) frames[exported.charAt(0).toUpperCase() + exported.slice(1)] = value;
  expect(frame.examples).toHaveLength(1);
  for (const { payload } of frame.examples) strict(frames[name] as z.ZodMiniType, payload);
});

type Operations = typeof asyncapi.operations;
const operations = Object.entries<Operations[keyof Operations]>(asyncapi.operations);
const received = operations.filter(([, { action }]) => action === 'receive');
const namesOf = (messages: { $ref: string }[]) => messages.map(({ $ref }) => $ref.split('/').at(-1));
const codesIn = (text: string) => [...text.matchAll(/^- (?:\d{3} )?`(\w+)`: /gm)].map(([, code]) => code);

/** The type of the frame that an operation receives, on the socket of a chat or on an inbox. */
const typeOf = (operation: string) => operation.replace('OnInbox', '');
/** The server sends a frame of this type too. */
const sentAs: Record<string, string> = { read: 'MarkReadFrame' };
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

test('every frame that a client may send is documented under its type', () => {
  const types = Object.keys(websocket.websocketRoutes).filter((key) => !key.startsWith('$'));
  const names = types.flatMap((type) => [type, `${type}OnInbox`]);
  expect(received.map(([name]) => name).sort()).toEqual(names.sort());
  for (const [name, { messages }] of received)
    expect(namesOf(messages)).toEqual([sentAs[typeOf(name)] ?? `${capital(typeOf(name))}Frame`]);
});

const frameProblems: Record<string, readonly ProblemCode[]> = websocket.frameProblems;

test.each(received)('the frame %s can be refused with its own codes', (type, operation: Json) => {
  expect(namesOf(operation.reply.messages)).toContain('ErrorFrame');
  expect(codesIn(operation.description)).toEqual(frameProblems[typeOf(type)]);
});

test('the error frame and the handshake list all their problem codes', () => {
  const codes = new Set(Object.values(frameProblems).flat());
  expect(new Set(codesIn(asyncapi.components.messages.ErrorFrame.description))).toEqual(codes);
  const { chat, inbox } = asyncapi.channels;
  expect(codesIn(chat.description)).toEqual(websocket.connectProblems);
  const ofChat = ['not_a_participant', 'blocked'];
  expect([...codesIn(inbox.description), ...ofChat].sort()).toEqual([...websocket.connectProblems].sort());
});

test('AsyncAPI describes API Gateway’s own error frame and tells clients to ignore unknown frames', () => {
  expect(asyncapi.info.description).toMatch(/Ignore frames .* that you do not know/);
  expect(asyncapi.info.description).toContain('{"message":"Internal server error","connectionId":');
});
