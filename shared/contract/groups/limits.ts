/** A transaction holds 100 items, which leaves room for the group's own items. */
export const maxAtOnce = 90;
