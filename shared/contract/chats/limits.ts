import { hours, type Limit } from '../endpoint.ts';

/** Per participant of a chat; REST requests and frames count together. */
export const sending = { per: 'participant', allow: 10, within: 2 } as const satisfies Limit;

/** Each leaving or removal is a message to everybody in the group. */
export const leaving = { per: 'user', allow: 200, within: hours(1) } as const satisfies Limit;

/** What a user's messages cost: one for each message, and one for each connection that it goes to. */
export const deliveries = { per: 'user', allow: 200_000, within: hours(1) } as const satisfies Limit;
