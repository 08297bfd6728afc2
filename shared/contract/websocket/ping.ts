import * as z from 'zod/mini';

/** Client to server: keeps the connection from going idle. */
export const pingFrame = z.object({ type: z.literal('ping') });

/** Server to client: the answer to `{"type":"ping"}`. */
export const pongFrame = z.object({ type: z.literal('pong') });

export type PongFrame = z.output<typeof pongFrame>;
