import type * as z from 'zod/mini';
import type { ProblemCode } from './problems.ts';

/** How often something may be done. Over it: 429 `too_many_requests` with Retry-After. */
export interface Limit {
  /**
   * Who is counted. The wrapper counts addresses and users by itself; the handler says who the others are, because
   * only it knows: the account or phone of a body, a participant of a chat, the whole stack.
   */
  readonly per: 'ip' | 'user' | 'account' | 'phone' | 'participant' | 'stack';
  /** So often, from the first time on. A word is the name of a setting that the operator makes. */
  readonly allow: number | 'monthlyTextMessages';
  /** Seconds. */
  readonly within: number;
  /** Without it every request counts; with it only a wrong guess (401, 404), so that guessing ends and use does not. */
  readonly counts?: 'wrong guesses';
}

/** Units of `within`. */
export const minutes = (count: number): number => count * 60;
export const hours = (count: number): number => count * 60 * 60;
export const days = (count: number): number => count * 24 * 60 * 60;

/** What a request must pass before a handler sees it. */
export interface Checks {
  /**
   * `user` asks for an access token, which is good until it expires; `session` asks also that its session was not
   * ended since, for one more read. The endpoints that are called all the time ask for a user.
   */
  readonly access: 'public' | 'user' | 'session';
  readonly limits?: readonly Limit[];
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
  /** A body and a query string that pass validation. Ids in it are the words "chat-id", "user-id", "message-id". */
  readonly example?: { readonly query?: Record<string, string>; readonly body?: object };
  /** Whether a request costs a core for 60 ms: it gets a whole one, and a lower throttle. */
  readonly hashesPassword?: true;
  /** What it can be refused with, beside what `problemsOf` adds for its checks. */
  readonly problems: readonly ProblemCode[];
}

type Output<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined;
type ForUsers<E extends Checks, T> = E['access'] extends 'public' ? undefined : T;

/** Who a limit counts, for those of an endpoint's limits that the handler counts. */
export type Subjects = Partial<Record<Limit['per'], string>>;

/** What a handler is given: validated, and with the caller where a token is needed. */
export interface RequestOf<E extends Checks> {
  readonly params: Output<E['params']>;
  readonly query: Output<E['query']>;
  readonly body: Output<E['body']>;
  readonly userId: ForUsers<E, string>;
  readonly sessionId: ForUsers<E, string>;
  /** Counts the request for these subjects. Throws `too_many_requests`. */
  readonly count: (subjects: Subjects) => Promise<void>;
}

export type ResponseOf<E extends Checks> = E['response'] extends z.ZodMiniType ? z.input<E['response']> : never;

/*@__NO_SIDE_EFFECTS__*/
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint;
}

/** Every code that an endpoint can answer with: what its checks find, its own, and what can happen to any. */
export function problemsOf({ access, params, query, body, problems }: Endpoint): ProblemCode[] {
  const codes: ProblemCode[] = [];
  if (body) codes.push('malformed_json', 'payload_too_large');
  if (params || query || body) codes.push('invalid_input');
  if (access !== 'public') codes.push('token_missing', 'token_invalid', 'token_expired');
  if (access === 'session') codes.push('session_ended');
  return [...new Set<ProblemCode>([...codes, ...problems, 'internal', 'unavailable'])];
}
