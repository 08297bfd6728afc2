import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import { messageFrame } from '#shared/contract/websocket/message.ts';
import { syncFrame } from '#shared/contract/websocket/sync.ts';
import { parseRequest } from '#shared/lambda/parse-request.ts';
import { parse, parseJson } from '#shared/lambda/validation.ts';
import { Problem } from '#shared/platform/problem.ts';
import { restEvent } from '../support/invoke.ts';

/** Clients whose models have a field for everything send null for what is not set. */

const byPhone = { phone: '+79991234567', code: '123456' };

/** A valid body for each way to send one. */
const bodies = endpoints.flatMap((endpoint) => {
  const { name, body, example } = endpoint;
  if (!body) return [];
  const examples = name === 'auth/login' ? [byPhone, example?.body ?? {}] : [example?.body ?? {}];
  const options = body instanceof z.ZodMiniUnion ? body.def.options : [body];
  return options.map((option, n) => [name, endpoint, option as z.ZodMiniObject, examples[n] as object] as const);
});

const params = { chatId: 'c', groupId: 'g', userId: 'u', sessionId: 's', messageId: 'm' };
const bodyOf = (endpoint: Endpoint, body: unknown) =>
  parseRequest(endpoint, restEvent(endpoint, { params, body })).body;

const isOptional = (field: z.core.$ZodType) => z.safeParse(field, undefined).success;
const fieldsOf = (body: z.ZodMiniObject, optional: boolean) =>
  Object.entries(body.shape).flatMap(([name, field]) => (isOptional(field) === optional ? [name] : []));

const errorsOf = (read: () => unknown) => {
  try {
    read();
    return [];
  } catch (error) {
    return error instanceof Problem ? error.details.errors : [];
  }
};

describe.each(bodies)('%s', (_name, endpoint, body, example) => {
  const optional = fieldsOf(body, true);
  // One of them must be there.
  const needsOne = ['users/update-me', 'groups/rename-group', 'chats/set-place', 'chats/send-message'];
  const isUpdate = needsOne.includes(endpoint.name);

  test.runIf(optional.length > 0)('takes null in an optional field as absent', () => {
    const required = isUpdate
      ? example
      : Object.fromEntries(Object.entries(example).filter(([name]) => !optional.includes(name)));
    const nulls = Object.fromEntries(optional.map((name) => [name, null]));
    expect(bodyOf(endpoint, { ...nulls, ...required })).toEqual(bodyOf(endpoint, required));
  });

  test.each(fieldsOf(body, false))('says that %s is missing if it is null', (field) => {
    const errors = errorsOf(() => bodyOf(endpoint, { ...example, [field]: null }));
    expect(errors).toContainEqual({ path: field, message: 'is missing', rule: 'missing' });
  });
});

test('a body of null is an empty one', () => {
  const logout = endpoints.find(({ name }) => name === 'auth/logout') as Endpoint;
  expect(bodyOf(logout, 'null')).toEqual({ everywhere: false });
});

test('null in a frame is absent', () => {
  expect(parse(messageFrame, parseJson('{"type":"message","content":"x","clientId":null}'))).toEqual({
    type: 'message',
    content: 'x',
  });
  const missing = { message: 'is missing', rule: 'missing' };
  const content = errorsOf(() => parse(messageFrame, parseJson('{"type":"message","content":null}')));
  expect(content).toEqual([{ path: 'content', ...missing }]);
  const after = errorsOf(() => parse(syncFrame, parseJson('{"type":"sync","after":null}')));
  expect(after).toEqual([{ path: 'after', ...missing }]);
});

test('null in a list is refused in its place', () => {
  const createGroup = endpoints.find(({ name }) => name === 'groups/create-group') as Endpoint;
  const errors = errorsOf(() => bodyOf(createGroup, { name: 'x', participantIds: ['a', null, 'b'] }));
  expect(errors).toMatchObject([{ path: 'participantIds.1', rule: 'wrong_type' }]);
});

test('JSON that is nested too deeply to be read is malformed, not a fault of ours', () => {
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  expect(() => parseJson(deep)).toThrow(expect.objectContaining({ code: 'malformed_json' }));
});
