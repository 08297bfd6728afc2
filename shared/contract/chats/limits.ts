import type { Limit } from '../endpoint.ts';

/** Per participant of a chat; REST requests and frames count together. */
export const sending = { per: 'participant', allow: 10, within: 2 } as const satisfies Limit;
