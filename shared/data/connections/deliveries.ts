import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { connectionKeys as keys } from '../keys.ts';
import { nowInSeconds, putIf } from '../write.ts';

const table = settings.connectionsTable();

/** Seconds. Longer than Lambda keeps an event that failed. */
export const markLifetime = 60 * 60;

/** One page of a room's connections that a message (its number), or a change, is delivered to. */
export interface Page {
  chatId: string;
  what: number | `rev ${number}`;
  shard: number;
  /** The connection before the page's first; empty for the first page of the shard. */
  after: string;
}

const keyOf = ({ chatId, what, shard, after }: Page) => keys.delivered(chatId, what, shard, after);

/** `posted`: the posts are over. `done`: what comes after the page was started too. */
export type PageState = 'begun' | 'posted' | 'done';

export interface PageMark {
  /** The page's last connection; undefined if it ends the shard. */
  next: string | undefined;
  state: PageState;
}

/**
 * Records where this page ends. A retried page keeps its first end even if connections have come and gone since;
 * otherwise later pages would shift and deliver the message twice.
 */
export async function beginPage(page: Page, next: string | undefined): Promise<PageMark> {
  const { refused, item } = await putIf({
    TableName: table,
    Item: { ...keyOf(page), next, pageState: 'begun', expiresAt: nowInSeconds() + markLifetime },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  return refused && item ? { next: item.next, state: item.pageState } : { next, state: 'begun' };
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
