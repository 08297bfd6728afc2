import { hours, type Limit, minutes } from '../endpoint.ts';

/** Per participant of a chat; REST requests and frames count together. */
export const sending = { per: 'participant', allow: 10, within: 2 } as const satisfies Limit;

/** Edits, deletions and pins, per participant of a chat. */
export const changing = { per: 'participant', counter: 'changes', allow: 20, within: 2 } as const satisfies Limit;

/** Per participant of a chat: 30 a minute, and not all at once. */
export const reacting = { per: 'participant', counter: 'reactions', allow: 20, within: 40 } as const satisfies Limit;

/** Frames that say that somebody is writing; one too many is dropped. */
export const typing = { per: 'participant', counter: 'typing', allow: 1, within: 5 } as const satisfies Limit;
/** Notifications and places in the list, each: an account must not write the memberships of all its chats without end. */
export const settingOwn = { per: 'user', allow: 120, within: minutes(1) } as const satisfies Limit;

/** Each leaving or removal is a message to everybody in the group. */
export const leaving = { per: 'user', allow: 200, within: hours(1) } as const satisfies Limit;

/** What a user's messages cost: one for each message, each connection that it goes to, and each user that it mentions. */
export const deliveries = { per: 'user', allow: 200_000, within: hours(1) } as const satisfies Limit;
