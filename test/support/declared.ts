import { expect } from 'vitest';
import * as z from 'zod/mini';
import { type Endpoint, problemsOf } from '#shared/contract/endpoint.ts';
import { problem } from '#shared/contract/problem.ts';
import type { Json } from './api-client.ts';

/** A refusal must be one that the contract declares for the endpoint, in the form that it declares. */
export function expectDeclared(endpoint: Endpoint, { status, body }: { status: number | undefined; body: Json }): void {
  if (status === 200) return;
  expect(z.strictObject(problem.shape).parse(body)).toMatchObject({ status });
  expect(problemsOf(endpoint), `${endpoint.method} ${endpoint.path}`).toContain(body.code);
}
