import { maxPresent } from '#shared/contract/chats/list-presence.ts';
import { getParticipantIds } from '#shared/data/chats/chats.ts';
import { getVisibility, type Visibility } from '#shared/data/chats/visibility.ts';
import { listSeen, type Seen } from '#shared/data/connections/sockets.ts';
import { Problem } from '#shared/platform/problem.ts';
import { requireWriter } from './access.ts';
import { isDirectId } from './direct-id.ts';

/** Nobody can tell from the time which of several things a person did. Milliseconds. */
const precisionMs = 5 * 60_000;

/**
 * Who of the chat is connected, and when the others were last seen: of those who let the user see it. Throws
 * `not_a_participant`, `blocked` and `chat_too_large`.
 */
export async function listPresence(userId: string, chatId: string) {
  const [, ids] = await Promise.all([requireWriter(userId, chatId), getParticipantIds(chatId)]);
  if (ids.length > maxPresent) throw new Problem('chat_too_large');
  const isDirect = isDirectId(chatId);
  const [seen, all] = await Promise.all([listSeen(ids), getVisibility(userId, ids, isDirect ? chatId : undefined)]);
  const hides = all.some((one) => one.userId === userId && one.hidesLastSeen);
  // Anybody can open a direct chat: until the other one has written there, they may not know each other.
  const isShown = (one: Visibility) => !hides && !one.hidesLastSeen && !one.hasBlocked && (!isDirect || one.hasWritten);
  const shown = all.filter((one) => one.userId === userId || isShown(one));
  return shown.map((one) => ({ userId: one.userId, ...toPresence(seen.get(one.userId)) }));
}

function toPresence({ connected, seenAt }: Partial<Seen> = {}) {
  if (connected || seenAt === undefined) return { connected: connected ?? false };
  return { connected: false, lastSeen: new Date(seenAt - (seenAt % precisionMs)).toISOString() };
}
