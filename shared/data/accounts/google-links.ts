import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { getItem } from '../table.ts';
import { deleteIf, isNew, putIf, writeTogether } from '../write.ts';
import { getLiveSession, sessionChecks } from './sessions.ts';

const table = settings.chatTable();

/** A user's Google account; the tokens are encrypted. */
export interface GoogleLink {
  sealedTokens: string;
}

/**
 * Stores a first link, or one in the place of `replaced`, unless that was deleted or replaced meanwhile, or the session that asked for it
 * has ended: Google may take its time.
 */
export async function storeGoogleLink(userId: string, sessionId: string, sealedTokens: string, replaced?: GoogleLink) {
  const session = await getLiveSession(userId, sessionId);
  if (!session) return 'session ended';
  const unchanged = replaced
    ? {
        ConditionExpression: 'sealedTokens = :replaced',
        ExpressionAttributeValues: { ':replaced': replaced.sealedTokens },
      }
    : isNew;
  return writeTogether([
    ...sessionChecks(session),
    {
      Put: { TableName: table, Item: { ...keys.googleLink(userId), sealedTokens }, ...unchanged },
      otherwise: 'replaced meanwhile',
    },
  ]);
}

/** Replaces the tokens of a link, unless it was deleted or replaced meanwhile. */
export async function renewGoogleLink(userId: string, was: GoogleLink, sealedTokens: string): Promise<void> {
  await putIf({
    TableName: table,
    Item: { ...keys.googleLink(userId), sealedTokens },
    ConditionExpression: 'sealedTokens = :was',
    ExpressionAttributeValues: { ':was': was.sealedTokens },
  });
}

export const getGoogleLink = (userId: string): Promise<GoogleLink | undefined> =>
  getItem<GoogleLink>(table, keys.googleLink(userId));

/** Deletes a link, unless it was replaced meanwhile. */
export async function deleteGoogleLinkIf(userId: string, was: GoogleLink): Promise<void> {
  await deleteIf({
    TableName: table,
    Key: keys.googleLink(userId),
    ConditionExpression: 'sealedTokens = :was',
    ExpressionAttributeValues: { ':was': was.sealedTokens },
  });
}
