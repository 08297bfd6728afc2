import * as z from 'zod/mini';
import { type Limit, minutes } from './endpoint.ts';
import { highestSeq, id } from './fields.ts';
import { draft } from './messages.ts';

/** A route of the WebSocket API: the code is in `functions/{name}.ts`. */
interface SocketRoute {
  readonly name: string;
  /** Whether the client is sent what the function returns; the other functions post to the connection. */
  readonly returnResponse: boolean;
}

/** By their route keys: a frame's `type`, or one of API Gateway's own three. */
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
  token: z._default(z.string().check(z.maxLength(4096)), ''),
  /** From POST /auth/ticket. */
  ticket: z.optional(z.string().check(z.maxLength(100))),
  /** "1" asks for the frames that the specification does not know: `read`. */
  events: z.optional(z.string().check(z.maxLength(10))),
});

/** Client to server; answered by the stored message to every connection of the chat. */
export const messageFrame = z.extend(draft, { type: z.literal('message') });

/** Server to client, the one answer to `{"type":"ping"}`. */
export const pongFrame = z.object({ type: z.literal('pong') });

export type PongFrame = z.output<typeof pongFrame>;

/** Of one user, over all their sockets. */
export const syncing = { per: 'user', allow: 120, within: minutes(1) } as const satisfies Limit;

/** Messages that one `sync` is answered with at most. */
export const syncPage = 500;

/** Client to server: asks for what came after a number; answered by those messages in their order, then `synced`. */
export const syncFrame = z.object({
  type: z.literal('sync'),
  after: z.int().check(z.minimum(0), z.maximum(highestSeq)),
});

/** Server to client, the end of an answer to `sync`. */
export const syncedFrame = z.object({
  type: z.literal('synced'),
  /**
   * What to ask after next time: up to here nothing is missing, and nothing will come. It is below the last message
   * while a number before that may still be on its way.
   */
  seq: z.int(),
  /** There is more: ask again at once. */
  more: z.optional(z.literal(true)),
});

/** Server to client, for those who asked for events: a participant has read up to a message. */
export const readFrame = z.object({ type: z.literal('read'), chatId: id, userId: id, seq: z.int() });

/** Server to client, for those who asked for events: more of an answer that the assistant is still writing. */
export const aiDeltaFrame = z.object({
  type: z.literal('ai.delta'),
  chatId: id,
  /** The id that the answer will have as a message. */
  messageId: id,
  delta: z.string(),
});

/** Server to client: why a frame was refused. The connection stays open. */
export const errorFrame = z.object({
  type: z.literal('error'),
  code: z.string(),
  message: z.string(),
  /** Of the refused frame, if it had one. */
  clientId: z.optional(z.string()),
});

export type ErrorFrame = z.output<typeof errorFrame>;
