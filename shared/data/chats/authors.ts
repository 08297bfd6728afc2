import { settings } from '#shared/platform/settings.ts';
import type { User } from '../accounts/users.ts';
import { keys, sameKey } from '../keys.ts';
import { type UseWindow, windowIn } from '../limits.ts';
import { getItems } from '../table.ts';
import type { SentMarker } from './messages.ts';
import { type PostingRules, postingAttributes } from './posting.ts';

const table = settings.chatTable();

/** The author of a message that is about to be stored. */
export interface Author {
  /** Undefined if the account is gone. */
  name: string | undefined;
  suspendedAt: string | undefined;
  /** How much of the limit `budget` is used. */
  budget: UseWindow;
  /** The marker of the message that the author has sent with this `clientId` before. */
  sent: SentMarker | undefined;
  /** Who may write in the group, and how often. Those by default outside of groups. */
  rules: PostingRules;
}

interface Wanted {
  /** The name of the limit on deliveries. */
  budget: string;
  /** The chat of `clientId`. */
  chatId?: string;
  clientId?: string | undefined;
  /** Whether the chat is a group. */
  inGroup?: boolean;
}

/** Reads all of it at once: the name must be the current one, and so can't come from a cache. */
export async function getAuthor(
  userId: string,
  { budget, chatId = '', clientId, inGroup = false }: Wanted,
): Promise<Author> {
  const user = keys.user(userId);
  const limit = keys.limit(budget, userId);
  const marker = keys.sent(chatId, userId, clientId ?? '');
  const chat = keys.chat(chatId);
  const wanted = [user, limit, ...(clientId === undefined ? [] : [marker]), ...(inGroup ? [chat] : [])];
  const items = await getItems<Partial<User & UseWindow & SentMarker & PostingRules>>(table, wanted, [
    'name',
    'suspendedAt',
    'used',
    'windowEnd',
    'seq',
    'draftHash',
    ...postingAttributes,
  ]);
  const find = (key: typeof user) => items.find((item) => sameKey(item, key));
  const { seq, draftHash } = find(marker) ?? {};
  return {
    name: find(user)?.name,
    suspendedAt: find(user)?.suspendedAt,
    budget: windowIn(find(limit)),
    sent: seq === undefined ? undefined : { seq, draftHash },
    rules: find(chat) ?? {},
  };
}
