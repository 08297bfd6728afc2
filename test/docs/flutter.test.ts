import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';
import { problems } from '#shared/contract/problems.ts';
import {
  aiDeltaFrame,
  connectQuery,
  errorFrame,
  readFrame,
  syncedFrame,
  websocketRoutes,
} from '#shared/contract/websocket/index.ts';
import openapi from '../../docs/openapi.json' with { type: 'json' };
import type { Json } from '../support/api-client.ts';

/** docs/flutter.md and its Dart files say what the contract says. Nothing here can compile Dart. */

const docs = join(import.meta.dirname, '../../docs');
const read = (file: string) => readFileSync(join(docs, file), 'utf8');
const files = readdirSync(join(docs, 'flutter'));
const dart = files.map((file) => read(`flutter/${file}`)).join('\n');

const ofMachines = ['/openapi.json', '/asyncapi.json'];

test.each(endpoints.filter(({ path }) => !ofMachines.includes(path)))(
  '$method $path has its method',
  ({ method, path }) => {
    const asDart = path.replaceAll('{', '$').replaceAll('}', '');
    const called =
      dart.includes(`'${method}', '${asDart}'`) || dart.includes(`_dio.${method.toLowerCase()}<Json>('${asDart}'`);
    expect(called, `docs/flutter/chat_api.dart calls ${method} ${asDart}`).toBe(true);
  },
);

test('it calls nothing that is not there', () => {
  const called = Array.from(
    dart.matchAll(/_call\('([A-Z]+)', '(.*?)'/g),
    ([, method, path = '']) => `${method} ${path}`,
  );
  const known = endpoints.map(({ method, path }) => `${method} ${path.replaceAll('{', '$').replaceAll('}', '')}`);
  expect(called.length).toBeGreaterThan(40);
  expect(called.filter((call) => !known.includes(call))).toEqual([]);
});

const schemas: Record<string, Json> = openapi.components.schemas;
/** Which schema each class is read from, where the names differ. */
const schemaOf: Record<string, string> = { Group: 'GroupWithMembers', Device: 'Session', Tokens: 'SignedIn' };

const classes = Array.from(
  dart.matchAll(/^ {2}(\w+)\.fromJson\(Json json\)\n(.*?);$/gms),
  ([, name = '', fields = '']) => ({
    name,
    fields: Array.from(fields.matchAll(/json\['(\w+)'\] (as \w+\??|as List|\?\?|==)?/g), ([, key = '', cast = '']) => ({
      key,
      cast,
    })),
  }),
);

test.each(classes)(
  '$name reads fields that are there, and bears the lack of those that may be missing',
  ({ name, fields }) => {
    const schema = schemas[schemaOf[name] ?? name];
    expect(fields.length).toBeGreaterThan(0);
    for (const { key, cast } of fields) {
      expect(Object.keys(schema?.properties), `${name}.${key}`).toContain(key);
      const optional = !schema?.required.includes(key);
      if (optional && key !== 'members') expect(cast, `${name}.${key} may be missing`).toMatch(/\?$/);
    }
  },
);

test('every code that it names is one', () => {
  const [, table = ''] = /^\| `code` \|.*?\n\|---.*?\n(.*?)\n\n/ms.exec(read('flutter.md')) ?? [];
  const named = table.split('\n').flatMap((row) => row.split('|')[1]?.match(/\w+/g) ?? []);
  const inDart = [...dart.matchAll(/\{((?:'[a-z]\w+'(?:, )?)+)\}/g)].flatMap(
    ([, list = '']) => list.match(/\w+/g) ?? [],
  );
  expect(named.length).toBeGreaterThan(15);
  expect(inDart).toContain('session_ended');
  for (const code of [...named, ...inDart]) expect(Object.keys(problems)).toContain(code);
});

test('the socket speaks the frames and the query of the contract', () => {
  const sent = files
    .filter((file) => file !== 'frames.dart')
    .flatMap((file) => Array.from(read(`flutter/${file}`).matchAll(/'type': '(\w+)'/g), ([, type]) => type));
  expect(new Set(sent)).toEqual(new Set(Object.keys(websocketRoutes).filter((route) => !route.startsWith('$'))));
  const [, query = ''] = /\?(ticket=\S+?)'/.exec(read('flutter/chat_realtime.dart')) ?? [];
  for (const name of new URLSearchParams(query).keys()) expect(Object.keys(connectQuery.shape)).toContain(name);
});

test('the frames that it knows are the contract’s, with their fields', () => {
  const known = Array.from(read('flutter/frames.dart').matchAll(/\{'type': '([\w.]+)', (.*?)\} =>/g));
  const frames = { synced: syncedFrame, read: readFrame, 'ai.delta': aiDeltaFrame, error: errorFrame };
  expect(known.map(([, type]) => type).sort()).toEqual(Object.keys(frames).sort());
  for (const [, type, fields = ''] of known) {
    const { shape } = frames[type as keyof typeof frames];
    expect(shape.type.safeParse(type).success).toBe(true);
    for (const [, field] of fields.matchAll(/'(\w+)':/g)) expect(Object.keys(shape)).toContain(field);
  }
});

test('both languages have the same code and name every file and every method', () => {
  const blocks = (file: string) => read(file).match(/^```.*?^```/gms);
  expect(blocks('flutter.ru.md')).toEqual(blocks('flutter.md'));
  const methods = Array.from(
    read('flutter/chat_api.dart').matchAll(/^ {2}Future<[^(]*> (\w+)\(/gm),
    ([, name]) => name,
  ).filter((name = '') => !name.startsWith('_') && name !== 'isHealthy');
  expect(methods.length).toBeGreaterThan(39);
  for (const guide of ['flutter.md', 'flutter.ru.md'].map(read))
    for (const name of [...files, ...methods]) expect(guide).toContain(`\`${name}\``);
});
