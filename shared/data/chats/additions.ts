import { settings } from '#shared/platform/settings.ts';
import { isStaying, userCheck } from '../accounts/staying.ts';
import type { User } from '../accounts/users.ts';
import { keys, sameKey } from '../keys.ts';
import type { Allowance, UseWindow } from '../limits.ts';
import { getItems } from '../table.ts';
import type { Write } from '../write.ts';
import type { Membership } from './memberships.ts';

/** Being added to groups by others: who may do it is on the user's profile, and so is how often it has happened. */

const table = settings.chatTable();

/** A user that somebody wants to add to a group. */
export interface Addable extends Pick<User, 'id' | 'name' | 'addedBy'> {
  /** The strangers' additions so far. */
  added?: UseWindow;
  /** Whether the user has written to the adder in their direct chat. */
  isContact: boolean;
  hasBlocked: boolean;
}

/** Those of the ids that are users, as somebody sees them who wants to add them. `directIdWith` names the adder's direct chat with each. */
export async function getAddable(
  adderId: string,
  ids: string[],
  directIdWith: (id: string) => string,
): Promise<Addable[]> {
  const about = (id: string) =>
    [keys.user(id), keys.block(id, adderId), keys.membership(id, directIdWith(id))] as const;
  const attributes = ['id', 'name', 'addedBy', 'added', 'hasWritten'];
  const items = await getItems<User & Pick<Membership, 'hasWritten'>>(table, ids.flatMap(about), attributes);
  return ids.flatMap((id) => {
    const [user, block, membership] = about(id).map((key) => items.find((item) => sameKey(item, key)));
    if (!user) return [];
    return [{ ...user, isContact: membership?.hasWritten === true, hasBlocked: block !== undefined }];
  });
}

/** Counts a stranger's addition. Fails a transaction if the user is gone, wants no more additions or has had too many. */
export function additionCount(user: Addable, { allow, within }: Allowance, now = Date.now()): Write {
  if (user.isContact) return userCheck(user.id);
  const { added } = user;
  return {
    Update: {
      TableName: table,
      Key: keys.user(user.id),
      ...(added && added.windowEnd > now
        ? {
            UpdateExpression: 'SET added.used = added.used + :one',
            ConditionExpression: `${anyoneMay} AND added.windowEnd = :end AND added.used < :allow`,
            ExpressionAttributeValues: {
              ':anyone': 'anyone',
              ':now': now,
              ':one': 1,
              ':end': added.windowEnd,
              ':allow': allow,
            },
          }
        : {
            UpdateExpression: 'SET added = :first',
            ConditionExpression: `${anyoneMay} AND (attribute_not_exists(added) OR added.windowEnd <= :now)`,
            ExpressionAttributeValues: {
              ':anyone': 'anyone',
              ':now': now,
              ':first': { used: 1, windowEnd: now + within * 1000 },
            },
          }),
    },
  };
}

const anyoneMay = `${isStaying} AND (attribute_not_exists(addedBy) OR addedBy = :anyone)`;
