import { listMemberships } from './memberships.ts';

/** Memberships of each user that are compared. At 300 bytes each they take 150 read units. */
const maxCompared = 2000;

/** Whether two users are in the same chat. Of somebody in more than 2,000 chats, it compares the first 2,000 by their ids. */
export async function haveCommonChat(userId: string, otherId: string): Promise<boolean> {
  const [own = [], others = []] = await Promise.all([userId, otherId].map((id) => listMemberships(id, maxCompared)));
  const chatIds = new Set(own.map(({ chatId }) => chatId));
  return others.some(({ chatId }) => chatIds.has(chatId));
}
