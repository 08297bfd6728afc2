import { expect, test } from 'vitest';
import type { Node } from 'web-tree-sitter';
import openapi from '../../../docs/openapi.json' with { type: 'json' };
import type { Json } from '../../support/api-client.ts';
import { parse, read } from './dart.ts';

/** The models and the methods of the Dart client have the fields, the types and the values of openapi.json. */

const schemas: Record<string, Json> = openapi.components.schemas;
const classes = parse(read('flutter/lib/src/rest/models.dart')).namedChildren.filter(
  ({ type }) => type === 'class_definition',
);
const nameOf = (node: Node) => node.childForFieldName('name')?.text ?? '';
const names = classes.map(nameOf);

interface Field {
  name: string;
  type: string;
  comment: string;
  decoded: string;
}

/** The fields of a class: `final Type name;`, the comment above, and what the constructor gives it. */
function fieldsOf(node: Node): Field[] {
  const decoded = new Map(
    Array.from(node.text.matchAll(/^ {4}[: ] ?(\w+) = (.*?)[,;]$/gm), ([, name = '', value = '']) => [name, value]),
  );
  return Array.from(
    node.text.matchAll(/((?:^ {2}\/\/\/.*\n)*)^ {2}final ([\w<>?, ]+) (\w+);$/gm),
    ([, comment = '', type = '', name = '']) => ({ name, type, comment, decoded: decoded.get(name) ?? '' }),
  );
}

const scalars: Record<string, string> = { string: 'String', integer: 'int', number: 'num', boolean: 'bool' };

/** The Dart type of a schema of OpenAPI. */
function typeOf(schema: Json): string {
  const name: string | undefined = schema.$ref?.split('/').at(-1);
  if (name && names.includes(name)) return name;
  if (name) return typeOf(schemas[name]);
  if (schema.type === 'array') return `List<${typeOf(schema.items)}>`;
  if (schema.format === 'date-time') return 'DateTime';
  return scalars[schema.type] ?? 'Json';
}

/** What turns the JSON of a field into a type, which may be absent if it ends with a question mark. */
const decoders: [type: RegExp, decoder: RegExp][] = [
  [/^DateTime$/, /^DateTime\.parse\(json\['\w+'\] as String\)$/],
  [/^DateTime\?$/, /^DateTime\.tryParse\(json\['\w+'\] as String\? \?\? ''\)$/],
  [/^List<[A-Z]\w+>$/, /^(?:listOf\(json\['\w+'\], \w+\.fromJson\)|List<String>\.from\(.*\))$/],
  [/^List<\w+>$/, /^List<\w+>\.from\(json\['\w+'\] as List<dynamic>(?:\? \?\? const \[\])?\)$/],
  [/^(?:String|int|num|bool|Json)\??$/, /^json\['\w+'\] as \w+\??$/],
  [/^\w+\?$/, /^optional\(json\['\w+'\], \w+\.fromJson\)$/],
  [/^\w+$/, /^\w+\.fromJson\(json\['\w+'\] as Json\)$/],
];

test.each(classes.map((node) => [nameOf(node), node] as const))('%s has the types of its schema', (name, node) => {
  const { properties, required = [] } = schemas[name];
  const fields = fieldsOf(node);
  expect(fields.map((field) => field.name)).toEqual(Object.keys(properties));
  for (const field of fields) {
    const schema = properties[field.name];
    const isOptional = !required.includes(field.name) && !typeOf(schema).startsWith('List<');
    expect(`${field.name}: ${field.type}`).toBe(`${field.name}: ${typeOf(schema)}${isOptional ? '?' : ''}`);
    const [, decoder] = decoders.find(([type]) => type.test(field.type)) ?? [];
    expect(field.decoded, field.name).toMatch(decoder ?? /^$/);
    expect(field.decoded).toContain(`json['${field.name}']`);
    // The cast and the class are those of the type, and what may be absent is allowed to be.
    const [bare = ''] = /[A-Za-z]+(?=[>?]*$)/.exec(field.type) ?? [];
    if (bare !== 'DateTime') expect(field.decoded, field.name).toContain(bare);
    if (!required.includes(field.name)) expect(field.decoded, field.name).toMatch(/\?$|\? \?\? |^optional\(|^listOf\(/);
  }
});

test.each(classes.map((node) => [nameOf(node), node] as const))('%s says which values there are', (name, node) => {
  for (const { name: field, comment } of fieldsOf(node)) {
    const schema = schemas[name].properties[field];
    const { enum: closed, 'x-extensible-enum': open = closed ?? [] } = schema.$ref
      ? schemas[schema.$ref.split('/').at(-1)]
      : schema;
    for (const value of open) expect(comment.replace(/\s*\/\/\/ /g, ' '), field).toContain(`\`${value}\``);
  }
});

/** The schemas that a schema leads to. */
function within(schema: Json, found = new Set<string>()): Set<string> {
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$ref' && typeof value === 'string') {
      const name = value.split('/').at(-1) ?? '';
      if (!found.has(name) && schemas[name]) within(schemas[name], found.add(name));
    } else if (value && typeof value === 'object') within(value as Json, found);
  }
  return found;
}

const operations: Json[] = Object.values(openapi.paths as Json).flatMap((path) => Object.values(path as Json));
const api = read('flutter/lib/src/rest/chat_api.dart');

test('every object in an answer has a class, unless it is the answer itself', () => {
  const answers = operations.flatMap(({ operationId, responses }) =>
    ['refresh', 'getOpenapi', 'getAsyncapi'].includes(operationId) ? [] : [responses['200'] ?? responses['201'] ?? {}],
  );
  const isObject = (name: string) => schemas[name].properties !== undefined;
  // An answer with one field is that field.
  const isField = (name: string) => name.endsWith('Response') && Object.keys(schemas[name].properties).length <= 1;
  const needed = [...new Set(answers.flatMap((answer) => [...within(answer)]))].filter(isObject);
  expect(needed.length).toBeGreaterThan(40);
  expect(names).toEqual(expect.arrayContaining(needed.filter((name) => !isField(name))));
});

const methods = new Map(
  Array.from(api.matchAll(/^ {2}Future<[^>]*>+ (\w+)\(([^)]*)\) async/gm), ([, name = '', list = '']) => [name, list]),
);

const called = operations.filter(({ operationId }) => methods.has(operationId));

test.each(called.map((operation) => [operation.operationId, operation] as const))(
  '%s takes the parameters of its operation',
  (id, { parameters = [], requestBody }) => {
    const body = requestBody?.content['application/json']?.schema ?? {};
    const { properties = {}, required = [] } = body.$ref ? schemas[body.$ref.split('/').at(-1)] : body;
    const query = parameters.filter((parameter: Json) => parameter.in === 'query');
    const expected = [
      ...query.map((parameter: Json) => [parameter.name, parameter.schema, parameter.required === true]),
      ...Object.entries(properties).map(([name, schema]) => [name, schema, required.includes(name)]),
    ].map(([name, schema, isRequired]) =>
      isRequired ? `required ${typeOf(schema)} ${name}` : `${typeOf(schema)}? ${name}`,
    );
    const path = parameters
      .filter((parameter: Json) => parameter.in === 'path')
      .map((parameter: Json) => `String ${parameter.name}`);
    const [positional = '', named = ''] = (methods.get(id) ?? '').split(/,?\s*\{/);
    const listed = (text: string) =>
      text
        .replace(/\}/g, '')
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean);
    expect(listed(positional)).toEqual(path);
    expect(listed(named).sort()).toEqual(expected.sort());
  },
);
