import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { operatorCommands } from '#shared/contract/operator/index.ts';
import type { RestEvent } from '#shared/lambda/log-request.ts';
import { handler } from '../../functions/operator.ts';
import type { Json } from './api-client.ts';
import { context } from './invoke.ts';

export const operatorArn = 'arn:aws:iam::123456789012:user/olga';

/** The event of a command. Without a caller it is as if the route did not check signatures. */
export function operatorEvent(command: string, body: object, userArn: string | undefined = operatorArn): RestEvent {
  const routeKey = 'POST /operator/{command}';
  return {
    version: '2.0',
    routeKey,
    headers: { 'content-type': 'application/json' },
    pathParameters: { command },
    requestContext: {
      requestId: randomUUID(),
      routeKey,
      http: { method: 'POST', path: `/operator/${command}`, sourceIp: '192.0.2.1' },
      ...(userArn && { authorizer: { iam: { userArn } } }),
    },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  } as unknown as RestEvent;
}

/** Runs a command of the operator, and checks its answer against the contract. */
export async function operate(name: string, input: object = {}): Promise<{ status: number | undefined; body: Json }> {
  const { statusCode: status, body = '' } = await handler(operatorEvent(name, input), context);
  const answer = JSON.parse(body) as Json;
  const command = operatorCommands.find((candidate) => candidate.name === name);
  if (status === 200 && command) expect(z.safeParse(command.response, answer).error).toBeUndefined();
  return { status, body: answer };
}
