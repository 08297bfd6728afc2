import { expect } from 'vitest';
import * as z from 'zod/mini';
import { type Endpoint, problemsOf } from '#shared/contract/endpoint.ts';
import { problem } from '#shared/contract/problem.ts';
import type { Json } from './api-client.ts';

interface Answered {
  status: number | undefined;
  headers: Headers | Record<string, string | number | boolean>;
  body: Json;
}

/**
 * Every answer states its content type and has the form that the contract declares for the endpoint, with no other field.
 * None but the specifications may be cached.
 */
export function expectDeclared(endpoint: Endpoint, { status, headers, body }: Answered): void {
  const name = `${endpoint.method} ${endpoint.path}`;
  const header = (key: string) => (headers instanceof Headers ? headers.get(key) : headers[key]);
  const isSpecification = endpoint.name.startsWith('docs/') && status === 200;
  expect(header('cache-control'), name).toBe(isSpecification ? 'public, max-age=3600' : 'no-store');
  expect(header('content-type'), name).toBe(status === 200 ? 'application/json' : 'application/problem+json');
  const shape = status === 200 ? endpoint.response : z.strictObject(problem.shape);
  const { data, error } = z.safeParse(shape, body);
  expect(error, name).toBeUndefined();
  expect(data, name).toEqual(body);
  if (status === 200) return;
  expect(body.status, name).toBe(status);
  expect(problemsOf(endpoint), name).toContain(body.code);
}
