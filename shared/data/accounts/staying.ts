import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import type { Write } from '../write.ts';

/**
 * A condition on a profile: the account exists, is not suspended and not being deleted. `:now` is in milliseconds since the
 * epoch.
 */
export const isStaying =
  'attribute_exists(pk) AND attribute_not_exists(suspendedAt) AND (attribute_not_exists(deletion) OR deletion.holdsUntil < :now)';

/** Fails a transaction if the account is gone, suspended or being deleted. */
export const userCheck = (userId: string): Write => ({
  ConditionCheck: {
    TableName: settings.chatTable(),
    Key: keys.user(userId),
    ConditionExpression: isStaying,
    ExpressionAttributeValues: { ':now': Date.now() },
  },
});
