import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Notifications } from '#shared/contract/chats/own-settings.ts';

/** What the user can choose about the notifications of a chat. */
export type Muting = 'hour' | 'tomorrow' | 'forever' | 'mentions' | 'off';

/** In the order of the menu. */
export const mutings: readonly Muting[] = ['off', 'hour', 'tomorrow', 'forever', 'mentions'];

type Muted = Pick<Chat, 'notifications'>;

/** Which messages of a chat notify the user at a time, in milliseconds since the epoch. */
export function levelAt({ notifications }: Muted, now: number): Notifications['level'] {
  const { level = 'all', mutedUntil } = notifications ?? {};
  return mutedUntil !== undefined && Date.parse(mutedUntil) > now ? 'none' : level;
}

/** Whether a choice would change anything. */
export function isOffered(muting: Muting, chat: Muted, now: number): boolean {
  if (muting === 'off') return levelAt(chat, now) !== 'all';
  if (muting === 'forever') return chat.notifications?.level !== 'none';
  return muting !== 'mentions' || levelAt(chat, now) !== 'mentions';
}

const hourMs = 3_600_000;
/** The hour of the user's day at which a chat that is muted until tomorrow notifies again. */
const morning = 8;

/** The settings that a choice stands for. After a while the chat notifies as before, or of everything if it never did. */
export function notificationsFor(muting: Muting, { notifications }: Muted, now: Date): Notifications {
  if (muting === 'off') return { level: 'all' };
  if (muting === 'forever') return { level: 'none' };
  if (muting === 'mentions') return { level: 'mentions' };
  const until =
    muting === 'hour'
      ? new Date(now.getTime() + hourMs)
      : new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morning);
  const level = notifications?.level === 'mentions' ? 'mentions' : 'all';
  return { level, mutedUntil: until.toISOString() };
}
