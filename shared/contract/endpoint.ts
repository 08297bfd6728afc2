import type * as z from 'zod/mini';
import type { ProblemCode } from './problems.ts';
import type { Feature } from './switches.ts';

/** How often something may be done. Beyond that the answer is 429 `too_many_requests` with Retry-After. */
export interface Limit {
  /**
   * What is counted. `endpoint()` counts addresses, networks (/24, /48) and users by itself; the handler counts the others,
   * because only it knows them: the email or phone in a body (both are a `login`), the participant of a chat, the whole stack.
   */
  readonly per:
    | 'ip'
    | 'network'
    | 'user'
    | 'email'
    | 'phone'
    | 'login+ip'
    | 'participant'
    | 'added user'
    | 'large page'
    | 'stack';
  /** The maximum within a window that begins with the first use. A name refers to an operator's setting. */
  readonly allow: number | 'monthlyTextMessages' | 'dailyTextMessages' | 'hourlyTextMessages';
  /** Seconds. */
  readonly within: number;
  /**
   * Without it every request counts. Only wrong guesses (401, 404): stops guessing without limiting normal use. Only what
   * was done: a request that certainly had no effect and tells nothing, through a fault on our side for instance, uses up
   * nothing.
   */
  readonly counts?: 'wrong guesses' | 'what was done';
  /** The counter's name, where a participant's other limits are counted on the same item. */
  readonly counter?: string;
  /** A network that the account's user has used before has a count of its own, which strangers elsewhere can't use up. */
  readonly apartInKnownNetworks?: true;
}

/** Units of `within`. */
export const minutes = (count: number): number => count * 60;
export const hours = (count: number): number => count * 60 * 60;
export const days = (count: number): number => count * 24 * 60 * 60;

/** What a request must pass before the handler runs. */
export interface Checks {
  /**
   * `user` requires an access token, which is valid until it expires. `session` also requires that the token's session
   * has not ended, which costs one more read. Endpoints that are called all the time require only a user.
   */
  readonly access: 'public' | 'user' | 'session';
  /** The endpoint answers `switched_off` while the operator has this switched off. */
  readonly feature?: Feature;
  readonly limits?: readonly Limit[];
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  readonly response?: z.ZodMiniType;
}

/** One REST endpoint. The route, the Lambda, the types and the validation are generated from it. */
export interface Endpoint extends Checks {
  /** `group/operation`: the code is in `functions/{name}.ts`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters in braces, as API Gateway writes it: `/chats/{chatId}/messages`. */
  readonly path: string;
  readonly summary: string;
  readonly response: z.ZodMiniType;
  /** A body and a query string that pass validation. They contain the placeholders "chat-id", "user-id", "message-id", "file-id". */
  readonly example?: { readonly query?: Record<string, string>; readonly body?: object };
  /** A request uses a core for 60 ms, so the function gets a whole core and the route a lower throttle. */
  readonly hashesPassword?: true;
  /** A request may keep the CPU busy for tenths of a second, so the function gets a whole core. */
  readonly needsCore?: true;
  /** The problems it can answer with, in addition to those that `problemsOf` adds. */
  readonly problems: readonly ProblemCode[];
}

type Output<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined;
type ForUsers<E extends Checks, T> = E['access'] extends 'public' ? undefined : T;

/** What the handler counts: for each kind of limit, the login, ... of this request. */
export type Subjects = Partial<Record<Exclude<Limit['per'], 'login+ip'> | 'login', string>>;

/** What a handler gets: validated input, and the caller if the endpoint requires a token. */
export interface RequestOf<E extends Checks> {
  readonly params: Output<E['params']>;
  readonly query: Output<E['query']>;
  readonly body: Output<E['body']>;
  readonly userId: ForUsers<E, string>;
  readonly sessionId: ForUsers<E, string>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The client's network, /24 or /48. */
  readonly network: string;
  /** Counts the request for these subjects. Throws `too_many_requests`. */
  readonly count: (subjects: Subjects, from?: { knownNetwork: boolean }) => Promise<void>;
  /** Takes back the counts of guesses: before work that may not come to its end. */
  readonly uncountGuesses: () => Promise<void>;
}

export type ResponseOf<E extends Checks> = E['response'] extends z.ZodMiniType ? z.input<E['response']> : never;

export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint;
}

/** The methods of its routes: monitors and link checkers send HEAD to what everybody may GET. API Gateway drops the body. */
export const methodsOf = ({ method, access }: Endpoint): string[] =>
  method === 'GET' && access === 'public' ? ['GET', 'HEAD'] : [method];

/** Every code that an endpoint can answer with: those of its checks, its own, and those of all endpoints. */
export function problemsOf({ access, feature, params, query, body, problems }: Endpoint): ProblemCode[] {
  const codes: ProblemCode[] = [];
  if (body) codes.push('malformed_json', 'payload_too_large', 'unsupported_media_type');
  if (params || query || body) codes.push('invalid_input');
  if (access !== 'public') codes.push('token_missing', 'token_invalid', 'token_expired');
  if (access === 'session') codes.push('session_ended');
  if (feature) codes.push('switched_off');
  return [...new Set<ProblemCode>([...codes, ...problems, 'internal', 'unavailable', 'maintenance'])];
}
