import { hours, type Limit } from '../endpoint.ts';

/** A transaction holds 100 items: two for each user, which leaves room for the group's own. */
export const maxAtOnce = 45;

/**
 * How often somebody may be added to groups by others, all groups together. Adders whom the user has written to in a direct
 * chat are not counted.
 */
export const beingAdded = { per: 'added user', allow: 30, within: hours(1) } as const satisfies Limit;
