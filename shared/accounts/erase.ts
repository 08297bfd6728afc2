import { beginErasure } from '#shared/changes/erase-reactions.ts';
import { leaveChat } from '#shared/chats/remove-participant.ts';
import { eraseBelongings, eraseProfile, getUser, updateUser } from '#shared/data/accounts/users.ts';
import { listFormerMemberships, listMemberships } from '#shared/data/chats/memberships.ts';
import { deleteSockets } from '#shared/data/connections/sockets.ts';
import { closeSockets } from '#shared/delivery/close.ts';
import { enqueueFiles } from '#shared/files/erasure.ts';
import { unlinkGoogle } from '#shared/google/unlink.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { Problem } from '#shared/platform/problem.ts';

/** For leaving chats, milliseconds. The last one, and the rest of the deletion, must fit into the 28 s of a function. */
const timeoutMs = 18_000;

/**
 * How long the mark holds, milliseconds: in this time the session that has proved that it may delete the account continues
 * without another password or code. After that an abandoned deletion is forgotten.
 */
const deletionMs = 15 * 60_000;

/** Chats that are left at the same time. */
const concurrency = 8;

/** Leaves every chat. Throws `deletion_unfinished` if there is not enough time. */
async function leaveAll(userId: string, deadline: number): Promise<void> {
  await mapConcurrently(await listMemberships(userId), concurrency, async ({ chatId }) => {
    if (Date.now() > deadline) throw new Problem('deletion_unfinished', { retryAfter: 1 });
    await leaveChat(userId, chatId);
  });
}

async function eraseBelongingsAndSockets(userId: string): Promise<void> {
  await unlinkGoogle(userId);
  await eraseBelongings(userId);
  await closeSockets(userId, () => true);
}

/**
 * Erases a user; their messages stay and show "Deleted user" as their author. Their reactions go, in the background. From the mark on the profile on, nobody can
 * add the user to a chat and the user can't join one, so that none is left over. The profile is erased last: a user whose
 * deletion was interrupted can log in and repeat it, and one in more than a thousand chats has to, because leaving them
 * takes longer than a request may. Throws `deletion_unfinished`.
 */
export async function eraseAccount(userId: string, sessionId: string): Promise<void> {
  const now = Date.now();
  await updateUser(userId, { deletion: { sessionId, holdsUntil: now + deletionMs } });
  await leaveAll(userId, now + timeoutMs);
  const chats = await listFormerMemberships(userId);
  await beginErasure(
    userId,
    chats.map(({ chatId }) => chatId),
  );
  await eraseBelongingsAndSockets(userId);
  for (let user = await getUser(userId); user; user = await getUser(userId)) {
    if (user.avatarId) await enqueueFiles({ avatarOf: userId, fileIds: [user.avatarId] });
    if ((await eraseProfile(user)) === undefined) break;
  }
  // What a login has left that came meanwhile.
  await eraseBelongingsAndSockets(userId);
  await deleteSockets(userId);
}
