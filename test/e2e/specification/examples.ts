import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Reads the examples of the specification that the backend was built for. It is in Russian, and kept as it was given. */

const text = readFileSync(join(import.meta.dirname, 'backend-api.ru.md'), 'utf8');

/**
 * The example of a response as parsed JSON. What its comments say is in it: a key that ends with "?" may be absent, and "group|direct" is
 * one of the two.
 */
export type Example = unknown;

/** Everything under a heading such as "POST /auth/login". */
export interface Section {
  heading: string;
  /** Whether requests carry an access token. */
  authorized: boolean;
  /** As a client sends them. */
  requests: unknown[];
  responses: Example[];
}

/** What starts an example, at the beginning of a line. */
const marks = {
  requests: /^(?:\/\/ )?Request\b|^От клиента к серверу:/,
  responses: /^(?:\/\/ )?Response\b|^От сервера к клиенту:/,
  /** Another form of the same. */
  same: /^\/\/ или$/,
};

/** Fields that one example of an object shows and another one leaves out: the phone of a user, the metadata of a message. */
const leftOutElsewhere = /^(\s*"(?:phone|metadata))":/;

/** The code and the comment of a line. A URL in quotes has slashes too. */
function split(line: string): [code: string, comment: string] {
  const [, code = '', comment = ''] = /^((?:"[^"]*"|[^"])*?)\s*(?:\/\/(.*))?$/.exec(line) ?? [];
  return [code, comment];
}

const codeOf = (line: string): string => split(line)[0];

/** A line of the example of a response with the meaning of its comment in its key or value. */
function annotate(line: string): string {
  const [code, comment] = split(line);
  const others = Array.from(comment.matchAll(/"([^"]*)"/g), ([, other = '']) => other);
  const value = code.replace(/: "([^"]*)"/, (_, shown) => `: "${[...new Set([shown, ...others])].join('|')}"`);
  const optional = /опционально|если|только/.test(comment) ? value.replace(/^(\s*"[^"]+)":/, '$1?":') : value;
  return optional.replace(leftOutElsewhere, '$1?":');
}

function readSection(heading: string, body: string): Section {
  const found: { kind: 'requests' | 'responses'; lines: string[] }[] = [];
  let inBlock = false;
  for (const line of body.split('\n')) {
    if (line.startsWith('```')) inBlock = !inBlock;
    else if (marks.requests.test(line)) found.push({ kind: 'requests', lines: [] });
    else if (marks.responses.test(line)) found.push({ kind: 'responses', lines: [] });
    else if (marks.same.test(line)) found.push({ kind: found.at(-1)?.kind ?? 'requests', lines: [] });
    else if (inBlock) found.at(-1)?.lines.push(line);
  }
  const of = (kind: string, read: (line: string) => string): unknown[] =>
    found.filter((one) => one.kind === kind).map(({ lines }) => JSON.parse(lines.map(read).join('\n')));
  const authorized = body.includes('`Authorization: Bearer {accessToken}`');
  return { heading, authorized, requests: of('requests', codeOf), responses: of('responses', annotate) };
}

/** The sections of the endpoints, and the one with the two frames, whose heading is "**Формат сообщений:**". */
export const sections: Section[] = text.split(/^(?=\*\*|#)/m).flatMap((part) => {
  const [, heading] = /^\*\*([A-Z]+ \/\S+|Формат сообщений:)\*\*$/m.exec(part) ?? [];
  return heading ? [readSection(heading, part)] : [];
});

/** The URLs at which the specification opens sockets. */
export const socketUrls: string[] = Array.from(text.matchAll(/wss:\/\/\S+\?token=[^\s"]+/g), ([url]) => url);

/** The number of blocks of JSON. */
export const blocks = text.match(/^```json$/gm)?.length ?? 0;

/**
 * What a generated Dart model accepts: every field with its JSON type, no null, absent only what may be absent, dates that
 * can be parsed, and one of the known values of `type`. Unknown fields are ignored. Lists need an element to be compared.
 */
export function modelOf(example: Example): z.ZodType {
  if (Array.isArray(example)) return z.array(modelOf(example[0])).min(1);
  if (typeof example === 'object' && example !== null) return z.looseObject(fieldsOf(example));
  if (typeof example === 'boolean') return z.boolean();
  if (typeof example !== 'string') throw new Error(`No model for ${JSON.stringify(example)}.`);
  if (/^\d{4}-\d\d-\d\dT/.test(example)) return z.iso.datetime();
  return example.startsWith('https://') ? z.url() : z.string();
}

function fieldsOf(example: object): Record<string, z.ZodType> {
  const fields = Object.entries(example).map(([key, value]) => {
    const model = key === 'type' ? z.enum(String(value).split('|')) : modelOf(value);
    return key.endsWith('?') ? [key.slice(0, -1), z.optional(model)] : [key, model];
  });
  return Object.fromEntries(fields);
}
