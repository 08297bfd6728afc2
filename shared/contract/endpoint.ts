import type * as z from 'zod/mini';
import type { ProblemCode } from './problems.ts';

/** What a request must pass before a handler sees it. */
export interface Checks {
  /** Whether a request must carry an access token. */
  readonly access: 'public' | 'user';
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  readonly response?: z.ZodMiniType;
}

/** One REST endpoint: what the route, the Lambda, the types and the validation are all made from. */
export interface Endpoint extends Checks {
  /** `group/operation`: the code is in `functions/{name}.ts`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters in braces, as API Gateway writes it: `/chats/{chatId}/messages`. */
  readonly path: string;
  readonly summary: string;
  readonly response: z.ZodMiniType;
  /** Whether a request costs a core for 60 ms: it gets a whole one, and a lower throttle. */
  readonly hashesPassword?: true;
  /** What it can be refused with, beside what every endpoint can. */
  readonly problems: readonly ProblemCode[];
}

type Output<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined;

/** What a handler is given: validated, and with the caller's id where a token is needed. */
export interface RequestOf<E extends Checks> {
  readonly params: Output<E['params']>;
  readonly query: Output<E['query']>;
  readonly body: Output<E['body']>;
  readonly userId: E['access'] extends 'user' ? string : undefined;
}

export type ResponseOf<E extends Checks> = E['response'] extends z.ZodMiniType ? z.input<E['response']> : never;

/*@__NO_SIDE_EFFECTS__*/
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint;
}
