import type { Limit } from '../endpoint.ts';

/** Of a participant in a chat, for REST requests and frames together. */
export const sending = { per: 'participant', allow: 10, within: 2 } as const satisfies Limit;
