import * as z from 'zod/mini';
import * as ai from '#shared/contract/ai/index.ts';
import * as auth from '#shared/contract/auth/index.ts';
import * as chats from '#shared/contract/chats/index.ts';
import * as docs from '#shared/contract/docs/index.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { success } from '#shared/contract/fields/index.ts';
import * as files from '#shared/contract/files/index.ts';
import * as google from '#shared/contract/google/index.ts';
import * as groups from '#shared/contract/groups/index.ts';
import { endpoints } from '#shared/contract/index.ts';
import * as messages from '#shared/contract/messages/index.ts';
import { fieldError, problem } from '#shared/contract/problem.ts';
import * as users from '#shared/contract/users/index.ts';
import * as websocket from '#shared/contract/websocket/index.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

const refTo = (name: string) => `#/components/schemas/${name}`;
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `chats/send-message` becomes `sendMessage`, which is unique and a valid method name in every language. */
export const operationId = ({ name }: Endpoint): string =>
  (name.split('/').at(-1) ?? name).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** zod makes the JSON Schemas; what is our own is naming them and keeping them to what client generators understand. */

/** Names that generated clients, or the frameworks of their apps, already have for something else. */
const renamed: Record<string, string> = {
  success: 'successResponse', // Kotlin: a class of the generated client itself
  session: 'loginSession', // Swift: Alamofire
  group: 'groupChat', // Swift: SwiftUI
};

/** Every object that the contract exports, with the name of its constant. */
const exported = [
  ai,
  auth,
  chats,
  messages,
  docs,
  files,
  google,
  groups,
  { fieldError, problem },
  users,
  websocket,
  { success },
]
  .flatMap((module) => Object.entries<unknown>(module))
  .filter((entry): entry is [string, z.ZodMiniObject] => entry[1] instanceof z.ZodMiniObject)
  .map(([name, schema]) => [renamed[name] ?? name, schema] as const);

/** Registers the schemas by name. A schema with several names keeps the first. */
function registryOf(named: (readonly [string, z.ZodMiniType | undefined])[]): z.core.$ZodRegistry<{ id: string }> {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of named) if (schema && !registry.has(schema)) registry.add(schema, { id: capital(name) });
  return registry;
}

const bodies = endpoints.map((endpoint) => [`${operationId(endpoint)}Request`, endpoint.body] as const);
const answers = endpoints.map((endpoint) => [`${operationId(endpoint)}Response`, endpoint.response] as const);
const requests = registryOf([...bodies, ...exported]);
const responses = registryOf([...exported, ...answers]);

const convert = { override: tidy, unrepresentable: 'any', cycles: 'throw' } as const;
const schemasOf = (names: typeof requests, io: 'input' | 'output') =>
  z.toJSONSchema(names, { ...convert, io, uri: refTo }).schemas as unknown as Record<string, JsonObject>;

const requestSchemas = schemasOf(requests, 'input');
const responseSchemas = schemasOf(responses, 'output');

/** A reference to the component of what a client sends or receives. */
export const requestRef = (schema: z.ZodMiniType): JsonObject => ({ $ref: refTo(requests.get(schema)?.id ?? '') });
export const responseRef = (schema: z.ZodMiniType): JsonObject => ({ $ref: refTo(responses.get(schema)?.id ?? '') });

/** The parameters of a path or a query string, with the types that they are parsed to. */
export function parametersOf(schema: z.ZodMiniType): { name: string; required: boolean; schema: JsonObject }[] {
  const { required = [] } = z.toJSONSchema(schema, { ...convert, io: 'input' });
  const { properties = {} } = z.toJSONSchema(schema, { ...convert, io: 'output' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    schema: property as JsonObject,
  }));
}

/** The components that a document refers to, directly or through other components. */
export function componentsFor(document: Json): Record<string, JsonObject> {
  const namesIn = (json: Json) =>
    [...JSON.stringify(json).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
  const found = new Set(namesIn(document));
  // A set also iterates over what is added during the loop.
  for (const name of found) for (const next of namesIn(componentSchema(name))) found.add(next);
  return Object.fromEntries([...found].sort().map((name) => [name, componentSchema(name)]));
}

/** The schema of a component: requests as a client sends them, everything else as a client receives it. */
export function componentSchema(name: string): JsonObject {
  const sent = name.endsWith('Request') || clientFrames.has(name);
  const { $schema, $id, ...schema } = (sent ? requestSchemas : responseSchemas)[name] ?? {};
  if (Object.keys(schema).length === 0) throw new Error(`The contract has no schema named ${name}.`);
  // The type of a frame tells it from others, so it stays a constant.
  return sent || name.endsWith('Frame') ? merged(schema) : opened(schema);
}

const clientFrames = new Set([
  ...['ConnectQuery', 'MarkReadFrame', 'MessageFrame', 'PingFrame', 'SyncFrame', 'TypingFrame'],
]);

/**
 * A union of objects becomes one object whose fields are optional, because client generators produce no good class for a
 * union.
 */
function merged({ anyOf, ...schema }: JsonObject): JsonObject {
  if (!Array.isArray(anyOf) || !anyOf.every(isObject)) return schema;
  const choices = anyOf.map(({ required }) => (required as string[]).map((name) => `\`${name}\``).join(' and '));
  const properties = Object.assign({}, ...anyOf.map((choice) => choice.properties));
  return { ...schema, type: 'object', description: `Give ${choices.join(', or ')}.`, properties };
}

/**
 * Received values may be new ones, and a generated client rejects what is not in an `enum`. So the type is any text, and the
 * values of today are listed in the description and in `x-extensible-enum`.
 */
function opened({
  const: only,
  enum: values = only && [only],
  'x-enum-varnames': _,
  ...schema
}: JsonObject): JsonObject {
  const inside = Object.entries(schema).map(([key, value]) => [key, isObject(value) ? opened(value) : value] as const);
  if (!Array.isArray(values)) return Object.fromEntries(inside);
  const list = values.map((value) => `\`${value}\``).join(', ');
  const today = values.length === 1 ? `So far always ${list}.` : `One of ${list}; there may be new ones.`;
  return {
    ...Object.fromEntries(inside),
    description: [schema.description, today].filter(Boolean).join(' '),
    'x-extensible-enum': values,
  };
}

/** Removes details of JSON Schema that get in the way of client generators. */
function tidy({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  // New fields may be added later.
  if (jsonSchema.additionalProperties !== undefined) delete jsonSchema.additionalProperties;
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  // Generators would produce an enum.
  if (jsonSchema.type === 'boolean') delete jsonSchema.const;
  if (jsonSchema.type === 'integer') {
    jsonSchema.format = 'int64';
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  }
}
