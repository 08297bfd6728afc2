import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { getItem } from '../table.ts';
import { updateIf } from '../write.ts';

const table = settings.chatTable();

/** Who may write in a chat, and how often; by default everyone, as often as they like. On the chat's item. */
export interface PostingRules {
  posting?: 'everyone' | 'admins';
  /** How long a member waits after a message before the next one. */
  slowModeSeconds?: number;
  /** When the operator locked the chat, ISO 8601. */
  lockedAt?: string;
}

/** The attributes of `PostingRules`. */
export const postingAttributes = ['posting', 'slowModeSeconds', 'lockedAt'] as const satisfies (keyof PostingRules)[];

/** The last message that a member has written in a group with slow mode. On the membership. */
export interface Turn {
  /** When, in milliseconds since the epoch. */
  turnAt: number;
  /** Which message, by its `clientId` or another id: a retry of it does not wait for itself. */
  turnFor: string;
}

/** The rules of a chat; those by default if it is gone. */
export const getPostingRules = async (chatId: string): Promise<PostingRules> =>
  (await getItem<PostingRules>(table, keys.chat(chatId), [...postingAttributes])) ?? {};

/** Records that a member writes `turnFor` now, unless the last turn was for another message less than `seconds` ago. */
export async function recordTurn(
  userId: string,
  chatId: string,
  { turnFor, seconds, now = Date.now() }: { turnFor: string; seconds: number; now?: number },
): Promise<'too early' | 'not a participant' | undefined> {
  const { refused, item } = await updateIf({
    TableName: table,
    Key: keys.membership(userId, chatId),
    UpdateExpression: 'SET turnAt = :now, turnFor = :for',
    ConditionExpression:
      'attribute_exists(pk) AND (attribute_not_exists(turnAt) OR turnAt <= :before OR turnFor = :for)',
    ExpressionAttributeValues: { ':now': now, ':before': now - seconds * 1000, ':for': turnFor },
  });
  if (!refused) return undefined;
  return item ? 'too early' : 'not a participant';
}
