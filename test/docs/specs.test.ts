import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import asyncapi from '../../docs/asyncapi.json' with { type: 'json' };
import openapi from '../../docs/openapi.json' with { type: 'json' };
import { specFiles } from '../../infra/specs/files.ts';
import { type Endpoint, problemsOf } from '../../shared/contract/endpoint.ts';
import { endpoints } from '../../shared/contract/index.ts';
import { message } from '../../shared/contract/messages.ts';
import { type ProblemCode, problem, problems } from '../../shared/contract/problems.ts';
import * as websocket from '../../shared/contract/websocket.ts';
import type { Json } from '../support/api-client.ts';

/** What is made from the contract: as new as the contract, and with examples that hold. */

const root = join(import.meta.dirname, '../..');

test.each(Object.entries(specFiles()))('%s is what npm run specs writes', (file, text) => {
  const path = join(root, file);
  const fresh = existsSync(path) && readFileSync(path, 'utf8') === text;
  expect(fresh, `${file} is stale: npm run specs writes it anew`).toBe(true);
});

test('docs/bruno has no request of an endpoint that is gone', () => {
  const files = readdirSync(join(root, 'docs/bruno'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
  expect(Object.keys(specFiles())).toEqual(expect.arrayContaining(files));
});

const paths: Json = openapi.paths;
const operationOf = ({ path, method }: Endpoint): Json => paths[path][method.toLowerCase()];
const examplesOf = ({ example, examples = {} }: Json): unknown[] =>
  example === undefined ? Object.values<Json>(examples).map(({ value }) => value) : [example];

/** Every field of an example must be one that the schema knows. */
const strict = (schema: z.ZodMiniType, example: unknown) => expect(z.parse(schema, example)).toEqual(example);

describe.each(endpoints)('$method $path', (endpoint) => {
  const operation = operationOf(endpoint);

  test('shows a request that is taken', () => {
    const { params, query, body } = endpoint;
    const given = (place: string) =>
      Object.fromEntries(
        (operation.parameters ?? [])
          .filter((parameter: Json) => parameter.in === place && parameter.example !== undefined)
          .map(({ name, example }: Json) => [name, String(example)]),
      );
    if (params) strict(params, given('path'));
    if (query) expect(z.safeParse(query, given('query')).success).toBe(true);
    if (!body) return expect(operation.requestBody).toBeUndefined();
    const examples = examplesOf(operation.requestBody.content['application/json']);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) strict(body, example);
  });

  test('shows an answer that it can give', () => {
    const examples = examplesOf(operation.responses[200].content['application/json']);
    expect(examples).toHaveLength(1);
    for (const example of examples) strict(endpoint.response, example);
  });

  test('has all its refusals, each under its status', () => {
    const responses: Json = openapi.components.responses;
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

test.each(Object.entries<Json>(openapi.components.examples))('the problem %s is one', (code, { value }) => {
  strict(problem, value);
  expect(value.code).toBe(code);
});

test('has a description of each tag, and no others', () => {
  const used = endpoints.flatMap((endpoint) => operationOf(endpoint).tags);
  expect(new Set(openapi.tags.map(({ name }) => name))).toEqual(new Set(used));
});

test('operations have names of their own, which make methods', () => {
  const names = endpoints.map((endpoint) => operationOf(endpoint).operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
});

test('has nothing that generated clients have no good class for', () => {
  const text = JSON.stringify(openapi);
  for (const word of ['oneOf', 'anyOf', 'discriminator', 'additionalProperties', 'nullable', '"null"'])
    expect(text).not.toContain(word);
});

test.each(Object.entries<Json>(asyncapi.components.messages))(
  'the frame %s has an example that holds',
  (name, frame) => {
    const frames: Record<string, z.ZodMiniType> = { Message: message };
    for (const [exported, value] of Object.entries<unknown>(websocket))
      if (value instanceof z.ZodMiniType) frames[exported.charAt(0).toUpperCase() + exported.slice(1)] = value;
    expect(frame.examples).toHaveLength(1);
    for (const { payload } of frame.examples) strict(frames[name] as z.ZodMiniType, payload);
  },
);

test('every frame that a client may send is there', () => {
  const sent = Object.values(asyncapi.operations)
    .filter(({ action }) => action === 'receive')
    .map(({ messages: [frame] }) => frame?.$ref.split('/').at(-1));
  const types = Object.keys(websocket.websocketRoutes).filter((key) => !key.startsWith('$'));
  expect(sent.map((name) => name?.replace('Frame', '').toLowerCase()).sort()).toEqual(types.sort());
});
