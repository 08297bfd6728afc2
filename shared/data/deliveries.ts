import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { connectionKeys as keys } from './keys.ts';

const table = settings.connectionsTable();

/** Seconds. Longer than Lambda holds on to an event that failed. */
export const marksLifetime = 60 * 60;

/** One page of a room's connections that is to have a message. */
export interface Page {
  chatId: string;
  seq: number;
  shard: number;
  /** The connection before the page's first; empty for the first of the shard. */
  after: string;
}

const keyOf = ({ chatId, seq, shard, after }: Page) => keys.delivered(chatId, seq, `${shard}#${after}`);

/** Its posts were made; and all that comes after it was started too. */
export type State = 'begun' | 'posted' | 'done';

/**
 * Writes down where a page ends, unless it was begun before: then it ends where it did, though connections have come and
 * gone since, or the pages behind it would be others and have the message twice. Says how far it had come.
 */
export async function beginPage(
  page: Page,
  next: string | undefined,
): Promise<{ next: string | undefined; state: State }> {
  const expiresAt = Math.floor(Date.now() / 1000) + marksLifetime;
  try {
    await db.send(
      new PutCommand({
        TableName: table,
        Item: { ...keyOf(page), next, pageState: 'begun', expiresAt },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { next, state: 'begun' };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { next: error.Item?.next?.S, state: error.Item?.pageState?.S as State };
  }
}

export async function endPage(page: Page, state: 'posted' | 'done'): Promise<void> {
  await db.send(
    new UpdateCommand({
      TableName: table,
      Key: keyOf(page),
      UpdateExpression: 'SET pageState = :state',
      ExpressionAttributeValues: { ':state': state },
    }),
  );
}
