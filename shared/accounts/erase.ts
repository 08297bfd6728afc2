import { leaveChat } from '#shared/chats/remove-participant.ts';
import { deleteGoogleLinkIf, getGoogleLink } from '#shared/data/accounts/google-links.ts';
import { eraseBelongings, eraseProfile, getUser } from '#shared/data/accounts/users.ts';
import { listMemberships } from '#shared/data/chats/memberships.ts';
import { closeSockets } from '#shared/delivery/close.ts';
import { revokeAtGoogle } from '#shared/google/revoke.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { Problem } from '#shared/platform/problem.ts';

/** For leaving chats, milliseconds. The last one, and the rest of the deletion, must fit into the 28 s of a function. */
const timeoutMs = 18_000;

/** Chats that are left at the same time. */
const concurrency = 8;

/** Leaves every chat. Throws `deletion_unfinished` if there is not enough time. */
async function leaveAll(userId: string, deadline: number): Promise<void> {
  await mapConcurrently(await listMemberships(userId), concurrency, async ({ chatId }) => {
    if (Date.now() > deadline) throw new Problem('deletion_unfinished', { retryAfter: 1 });
    await leaveChat(userId, chatId);
  });
}

/** Revokes first, so that a deletion that breaks off here finds the link again. */
async function unlinkGoogle(userId: string): Promise<void> {
  for (let link = await getGoogleLink(userId); link; link = await getGoogleLink(userId)) {
    await revokeAtGoogle(userId, link.sealedTokens);
    await deleteGoogleLinkIf(userId, link);
  }
}

async function eraseAllButProfile(userId: string, deadline: number): Promise<void> {
  await unlinkGoogle(userId);
  await leaveAll(userId, deadline);
  await eraseBelongings(userId);
  await closeSockets(userId, () => true);
}

/**
 * Erases a user; their messages stay and show "Deleted user" as their author. The profile is erased last, so that a user
 * whose deletion was interrupted can log in and retry. Until then the user may log in or be added to chats: what comes of
 * that is erased afterwards. A user in more than a thousand chats has to repeat the request: leaving them takes longer than
 * a request may. Throws `deletion_unfinished`.
 */
export async function eraseAccount(userId: string): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  await eraseAllButProfile(userId, deadline);
  for (let user = await getUser(userId); user; user = await getUser(userId)) {
    if ((await eraseProfile(user)) === undefined) break;
  }
  // Few chats at most: those that the user was just added to.
  await eraseAllButProfile(userId, Number.POSITIVE_INFINITY);
}
