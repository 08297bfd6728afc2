import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { getItem } from '../table.ts';
import { isNew, nowInSeconds, type Write } from '../write.ts';
import { clientIdSeconds } from './messages.ts';

const table = settings.chatTable();

/** What a user has created with a `clientId`. It is stored under the user, so that it is erased with the account. */
export interface CreatedGroup {
  clientId: string;
  groupId: string;
  /** A hash of the request, by which a repeated one is recognised when the group has changed. */
  request: string;
}

/** Fails if the user has created a group with this `clientId` before. */
export const createdGroupPut = (userId: string, { clientId, ...created }: CreatedGroup): Write => ({
  Put: {
    TableName: table,
    Item: { ...keys.createdGroup(userId, clientId), ...created, expiresAt: nowInSeconds() + clientIdSeconds },
    ...isNew,
  },
});

export const findCreatedGroup = (
  userId: string,
  clientId: string,
): Promise<Pick<CreatedGroup, 'groupId' | 'request'> | undefined> =>
  getItem(table, keys.createdGroup(userId, clientId));
