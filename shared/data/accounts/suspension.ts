import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { exists, updateIf } from '../write.ts';
import type { User } from './users.ts';

const table = settings.chatTable();

/** Suspends the account and ends its sessions, all with one write. Returns the profile; undefined if the user is gone. */
export async function suspendUser(userId: string): Promise<User | undefined> {
  const { refused, item } = await updateIf({
    TableName: table,
    Key: keys.user(userId),
    UpdateExpression: 'SET suspendedAt = if_not_exists(suspendedAt, :at) ADD sessionGeneration :one',
    ...exists,
    ExpressionAttributeValues: { ':at': new Date().toISOString(), ':one': 1 },
    ReturnValues: 'ALL_NEW',
  });
  return refused ? undefined : (item as User);
}

/** Lifts a suspension. The sessions that it ended stay ended. */
export async function unsuspendUser(userId: string): Promise<User | undefined> {
  const { refused, item } = await updateIf({
    TableName: table,
    Key: keys.user(userId),
    UpdateExpression: 'REMOVE suspendedAt',
    ...exists,
    ReturnValues: 'ALL_NEW',
  });
  return refused ? undefined : (item as User);
}
