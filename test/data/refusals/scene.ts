import { getMembership, type Membership } from '#shared/data/chats/memberships.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import { newGroup, newPerson } from '../../support/people.ts';

/** What has been read before a write, of which another request may have changed something since. */

export const seconds = () => Math.floor(Date.now() / 1000);

export const messageIn = (chatId: string, { id }: { id: string }): StoredMessage => ({
  chatId,
  seq: 100,
  userId: id,
  type: 'system',
  createdAt: new Date().toISOString(),
  event: 'renamed',
});

const memberOf = async (chatId: string, { id }: { id: string }) => (await getMembership(id, chatId)) as Membership;

/** Anna's group with Boris. */
export async function group() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id, inviteCode } = await newGroup(anna, boris);
  const [owner, member] = await Promise.all([memberOf(id, anna), memberOf(id, boris)]);
  return { anna, boris, id, inviteCode, owner, member, message: messageIn(id, anna) };
}

/** Anna's group of one. */
export async function alone() {
  const anna = await newPerson('Anna');
  const { id, inviteCode } = await newGroup(anna);
  return { anna, id, inviteCode, owner: await memberOf(id, anna), message: messageIn(id, anna) };
}

export const as = (role: Membership['role'], membership: Membership): Membership => ({ ...membership, role });
