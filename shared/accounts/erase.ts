import { leaveChat } from '#shared/chats/remove-participant.ts';
import { getGoogleLink } from '#shared/data/accounts/google-links.ts';
import { eraseBelongings, eraseProfile, getUser } from '#shared/data/accounts/users.ts';
import { listMemberships } from '#shared/data/chats/memberships.ts';
import { closeSockets } from '#shared/delivery/close.ts';
import { revokeAtGoogle } from '#shared/google/revoke.ts';

/** Chats that are left at the same time. */
const concurrency = 8;

async function leaveAll(userId: string): Promise<void> {
  const queue = (await listMemberships(userId)).values();
  const worker = async () => {
    for (const { chatId } of queue) await leaveChat(userId, chatId);
  };
  // All run to their end even if one fails: a number that was taken must not be used after Lambda has frozen the function.
  const results = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  const failed = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
  if (failed) throw failed.reason;
}

async function revokeGoogle(userId: string): Promise<void> {
  const link = await getGoogleLink(userId);
  if (link) await revokeAtGoogle(userId, link.sealedTokens);
}

async function eraseAllButProfile(userId: string): Promise<void> {
  await revokeGoogle(userId);
  await leaveAll(userId);
  await eraseBelongings(userId);
  await closeSockets(userId, () => true);
}

/**
 * Erases a user; their messages stay and show "Deleted user" as their author. The profile is erased last, so that a user
 * whose deletion was interrupted can log in and retry. Until then the user may log in or be added to chats: what comes of
 * that is erased afterwards.
 */
export async function eraseAccount(userId: string): Promise<void> {
  await eraseAllButProfile(userId);
  for (let user = await getUser(userId); user; user = await getUser(userId)) {
    if ((await eraseProfile(user)) === undefined) break;
  }
  await eraseAllButProfile(userId);
}
