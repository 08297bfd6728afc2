import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import { db } from '#shared/data/client.ts';
import { call } from '../support/call.ts';
import { throttleNext } from '../support/intercept-next.ts';
import { newGroup, newPerson } from '../support/people.ts';

/** What every endpoint of the contract has in common, called as the contract's examples say. */

const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
const broken = new Error('broken');

function failWith(error: Error): void {
  db.middlewareStack.add(() => () => Promise.reject(error), { step: 'initialize', name: 'fault' });
}
afterEach(() => void db.middlewareStack.remove('fault'));

/** Anna, and her request with the contract's example. */
async function annasRequest({ example }: Endpoint) {
  const anna = await newPerson();
  const { id, inviteCode } = await newGroup(anna);
  const params = {
    chatId: id,
    groupId: id,
    userId: randomUUID(),
    sessionId: anna.sessionId,
    messageId: `${id}-1`,
    emoji: '👍',
  };
  const real: Record<string, string> = { refreshToken: anna.refreshToken, inviteCode };
  const body =
    example?.body &&
    Object.fromEntries(Object.entries(example.body).map(([field, value]) => [field, real[field] ?? value]));
  return { anna, request: { params, ...example, ...(body && { body }) } };
}

/** The specifications are public and come from a file. */
const stored = endpoints.filter(({ name }) => !name.startsWith('docs/'));

describe('when the database fails', () => {
  test.each(stored)('$method $path lets nobody in', async (endpoint) => {
    const { anna, request } = await annasRequest(endpoint);
    for (const [error, status, code] of [
      [throttled, 503, 'unavailable'],
      [broken, 500, 'internal'],
    ] as const) {
      failWith(error);
      expect(await call(endpoint, anna, request)).toMatchObject({ status, body: { code } });
      db.middlewareStack.remove('fault');
    }
    if (endpoint.access !== 'session') return;
    // Nor if only the session cannot be read, which is the first item that is.
    throttleNext('GetItem');
    expect(await call(endpoint, anna, request)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  });
});

/** What no field of the contract may be. */
const wrongValues = [{ no: 'field takes this' }, [[['nor this']]]];

/** In a lookup whatever is in the list finds nobody. */
const wrongValuesOf = ({ name }: Endpoint) => (name === 'users/find-users' ? wrongValues.slice(0, 1) : wrongValues);

describe('the API', () => {
  test.each(stored)(
    'states its content type and forbids caching in every answer of $method $path',
    async (endpoint) => {
      const { anna, request } = await annasRequest(endpoint);
      const answers = [await call(endpoint, anna, request), await call(endpoint, anna, { ...request, body: '{' })];
      answers.push(await call(endpoint, undefined, request), await call(endpoint, anna));
      failWith(broken);
      answers.push(await call(endpoint, anna, request));
      for (const { status, headers } of answers) {
        const type = status === 200 ? 'application/json' : 'application/problem+json';
        expect(headers).toMatchObject({ 'content-type': type, 'cache-control': 'no-store' });
      }
    },
  );
});

describe('the server itself', () => {
  const withBody = endpoints.filter(({ example }) => Object.keys(example?.body ?? {}).length > 0);

  test.each(withBody)('rejects every field of $method $path that is not as the contract says', async (endpoint) => {
    const { anna, request } = await annasRequest(endpoint);
    const body = endpoint.example?.body ?? {};
    for (const field of Object.keys(body)) {
      for (const value of wrongValuesOf(endpoint)) {
        const { status, body: answer } = await call(endpoint, anna, { ...request, body: { ...body, [field]: value } });
        expect({ status, code: answer.code, field }).toEqual({ status: 400, code: 'invalid_input', field });
        expect(answer.errors[0].path).toMatch(new RegExp(`^${field}|^$`));
      }
    }
  });

  test.each(withBody)('takes no field from $method $path that the contract does not have', ({ body, example }) => {
    const parsed = (value: object) => z.safeParse(body as z.ZodMiniType, value);
    const more = JSON.parse(
      '{ "passwordHash": "x", "isAdmin": true, "userId2": "x", "__proto__": { "role": "owner" } }',
    );
    const { success, data } = parsed({ ...more, ...example?.body });
    expect({ success, data }).toEqual({ success: true, data: parsed(example?.body ?? {}).data });
    expect(Object.keys(data as object)).not.toContain('__proto__');
  });

  const withParams = endpoints.filter(({ params }) => params);

  test.each(withParams)('rejects every id in $method $path that is not as the contract says', async (endpoint) => {
    const { anna, request } = await annasRequest(endpoint);
    const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    for (const name of names) {
      for (const value of ['', 'x'.repeat(1000)]) {
        const answer = await call(endpoint, anna, { ...request, params: { ...request.params, [name]: value } });
        expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input', errors: [{ path: name }] } });
      }
    }
  });
});
