import { settings } from '#shared/platform/settings.ts';
import type { User } from '../accounts/users.ts';
import type { StoredMessage } from '../chats/messages.ts';
import { type Key, keys, sameKey } from '../keys.ts';
import { type UseWindow, windowIn } from '../limits.ts';
import { getItems } from '../table.ts';

const table = settings.chatTable();

/** What is read before a message is changed. */
export interface BeforeChange {
  message: StoredMessage | undefined;
  /** The name of the user who changes it; undefined if the account is gone. */
  name: string | undefined;
  suspendedAt: string | undefined;
  /** How much of the user's limit `budget` is used. */
  budget: UseWindow;
  participantCount: number;
}

/** Reads all of it at once. */
export async function readBeforeChange(
  chatId: string,
  seq: number,
  { userId, budget }: { userId: string; budget: string },
): Promise<BeforeChange> {
  const messageKey = keys.message(chatId, seq);
  const userKey = keys.user(userId);
  const limitKey = keys.limit(budget, userId);
  const rosterKey = keys.roster(chatId);
  const items = await getItems(table, [messageKey, userKey, limitKey, rosterKey]);
  const find = <T>(key: Key) => items.find((item) => sameKey(item, key)) as T | undefined;
  return {
    message: find<StoredMessage>(messageKey),
    name: find<User>(userKey)?.name,
    suspendedAt: find<User>(userKey)?.suspendedAt,
    budget: windowIn(find<UseWindow>(limitKey)),
    participantCount: find<{ participantIds?: Set<string> }>(rosterKey)?.participantIds?.size ?? 0,
  };
}
