import * as z from 'zod/mini';
import { type Limit, minutes } from './endpoint.ts';
import { highestSeq, id } from './fields.ts';
import { draft } from './messages.ts';
import type { ProblemCode } from './problems.ts';

/** A route of the WebSocket API: the code is in `functions/{name}.ts`. */
interface SocketRoute {
  readonly name: string;
  /** Whether the client is sent what the function returns; the other functions post to the connection. */
  readonly returnResponse: boolean;
}

/** By route key: a frame's `type`, or one of API Gateway's own three. */
export const websocketRoutes: Readonly<Record<string, SocketRoute>> = {
  $connect: { name: 'websocket/connect', returnResponse: false },
  $disconnect: { name: 'websocket/disconnect', returnResponse: false },
  $default: { name: 'websocket/default', returnResponse: true },
  message: { name: 'websocket/message', returnResponse: false },
  ping: { name: 'websocket/ping', returnResponse: true },
  sync: { name: 'websocket/sync', returnResponse: false },
};

/** `wss://HOST/ws/chat/{chatId}?token={accessToken}`, as API Gateway gets it; with a ticket no token is needed. */
export const connectQuery = z.object({
  chatId: z._default(id, ''),
  token: z._default(z.string().check(z.maxLength(4096)), '').check(z.describe('An access token.')),
  ticket: z
    .optional(z.string().check(z.maxLength(100)))
    .check(z.describe('From POST /auth/ticket, instead of a token.')),
  events: z
    .optional(z.string().check(z.maxLength(10)))
    .check(z.describe('"1" asks for the frames `read` and `ai.delta`, beside messages.')),
});

/** What a handshake can be refused with; its status is the code's. */
export const connectProblems = [
  'invalid_input',
  'token_invalid',
  'token_expired',
  'session_ended',
  'not_a_participant',
  'blocked',
  'too_many_requests',
  'route_not_found',
  'url_too_long',
  'internal',
  'unavailable',
] as const satisfies ProblemCode[];

/** What a frame can be refused with, in an `error` frame, by the keys of the routes that take frames. */
export const frameProblems = {
  message: [
    'invalid_input',
    'not_a_participant',
    'blocked',
    'client_id_reused',
    'too_many_requests',
    'internal',
    'unavailable',
  ],
  sync: ['invalid_input', 'not_a_participant', 'too_many_requests', 'internal', 'unavailable'],
  ping: ['internal'],
  // What is not JSON, or of a type that nobody knows.
  $default: ['malformed_json', 'unknown_type', 'internal'],
} as const satisfies Record<string, readonly ProblemCode[]>;

/** Client to server; answered by the stored message to every connection of the chat. */
export const messageFrame = z.extend(draft, { type: z.literal('message') });

/** Client to server: keeps the connection from going idle. */
export const pingFrame = z.object({ type: z.literal('ping') });

/** Server to client, the one answer to `{"type":"ping"}`. */
export const pongFrame = z.object({ type: z.literal('pong') });

export type PongFrame = z.output<typeof pongFrame>;

/** Counts a user over all their sockets. */
export const syncing = { per: 'user', allow: 120, within: minutes(1) } as const satisfies Limit;

/** The most messages in the answer to one `sync`. */
export const syncPage = 500;

/** Client to server: asks for what came after a number; answered by those messages in their order, then `synced`. */
export const syncFrame = z.object({
  type: z.literal('sync'),
  after: z
    .int()
    .check(z.minimum(0), z.maximum(highestSeq), z.describe('The number up to which the client has every message.')),
});

/** Server to client, the end of an answer to `sync`. */
export const syncedFrame = z.object({
  type: z.literal('synced'),
  seq: z
    .int()
    .check(
      z.describe(
        'The `after` of the next `sync`: up to this number nothing is missing, and nothing will come. It is below the last message while an earlier number may still be on its way.',
      ),
    ),
  more: z.optional(z.literal(true)).check(z.describe('There is more: ask again at once.')),
});

/** Server to client, for those who asked for events: a participant has read up to a message. */
export const readFrame = z.object({ type: z.literal('read'), chatId: id, userId: id, seq: z.int() });

/** Server to client, for those who asked for events: more of an answer that the assistant is still writing. */
export const aiDeltaFrame = z.object({
  type: z.literal('ai.delta'),
  chatId: id,
  messageId: id.check(z.describe('The id that the answer will have as a message.')),
  delta: z.string(),
});

/** Server to client: why a frame was refused. The connection stays open. */
export const errorFrame = z.object({
  type: z.literal('error'),
  code: z.string().check(z.describe('What to test for; it never changes.')),
  message: z.string().check(z.describe('Text for people.')),
  clientId: z.optional(z.string()).check(z.describe('The clientId of the refused frame, if it had one.')),
});

export type ErrorFrame = z.output<typeof errorFrame>;
