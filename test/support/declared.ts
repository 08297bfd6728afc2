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
 * A refusal must be one that the contract declares for the endpoint, in the form that it declares. Every answer states
 * its content type, and none but the specifications may be cached.
 */
export function expectDeclared(endpoint: Endpoint, { status, headers, body }: Answered): void {
  const name = `${endpoint.method} ${endpoint.path}`;
  const header = (key: string) => (headers instanceof Headers ? headers.get(key) : headers[key]);
  const isSpecification = endpoint.name.startsWith('docs/') && status === 200;
  expect(header('cache-control'), name).toBe(isSpecification ? 'public, max-age=3600' : 'no-store');
  expect(header('content-type'), name).toBe(status === 200 ? 'application/json' : 'application/problem+json');
  if (status === 200) return;
  expect(z.strictObject(problem.shape).parse(body)).toMatchObject({ status });
  expect(problemsOf(endpoint), name).toContain(body.code);
}
