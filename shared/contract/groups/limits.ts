/** So many memberships fit into one transaction of 100 items, together with the group's own items. */
export const maxAtOnce = 90;
