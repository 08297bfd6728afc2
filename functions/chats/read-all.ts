import { readUpTo } from '#shared/chats/mark-read.ts';
import { readUnread } from '#shared/chats/unread.ts';
import { readAll } from '#shared/contract/chats/read-all.ts';
import { listMemberships } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';

/** The function has 29 seconds, and each chat may take several. */
const maxMs = 18_000;

/** Chats that are marked at the same time. */
const concurrency = 8;

export const handler = endpoint(readAll, async ({ userId }) => {
  const deadline = Date.now() + maxMs;
  const all = await readUnread(await listMemberships(userId));
  const unread = all.filter(({ chat }) => chat.unreadCount > 0 || chat.markedUnread);
  let chats = 0;
  await mapConcurrently(unread, concurrency, async ({ membership, chat }) => {
    if (Date.now() >= deadline) return;
    // Also of a chat that the user has left meanwhile, where nothing is unread any more.
    await readUpTo(membership, chat.lastSeq);
    chats++;
  });
  return { chats, ...(chats < unread.length && { more: true as const }) };
});
