import { listMemberships } from './data/memberships.ts';
import { eraseProfile, eraseRest, getUser } from './data/users.ts';
import { closeSockets } from './delivery/close.ts';
import { leave } from './leave.ts';

/** Chats left at the same time. */
const lanes = 8;

async function leaveAll(userId: string): Promise<void> {
  const queue = (await listMemberships(userId)).values();
  const lane = async () => {
    for (const { chatId } of queue) await leave(userId, chatId);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/**
 * Erases a user; their messages stay, by "Deleted user". The profile goes only after the chats are left, so that who is
 * interrupted can log in and ask again; and the chats are looked through once more after it, because until then others
 * could add the user to new ones.
 */
export async function eraseAccount(userId: string): Promise<void> {
  await leaveAll(userId);
  for (let user = await getUser(userId); user; user = await getUser(userId)) {
    if (await eraseProfile(user)) break;
  }
  await leaveAll(userId);
  await eraseRest(userId);
  await closeSockets(userId, () => true);
}
