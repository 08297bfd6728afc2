/** The `userId` of the operator's messages, and the `deletedBy` of what the operator deleted; no user has it. */
export const operatorId = 'operator';
