import { memberOf, readGroup } from '#shared/chats/groups.ts';
import { revokeInvite } from '#shared/contract/groups/revoke-invite.ts';
import { replaceInvite } from '#shared/data/invites.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(revokeInvite, async ({ userId, params: { groupId } }) => {
  const actor = await memberOf(userId, groupId, 'admin');
  const { inviteCode } = await readGroup(groupId);
  if (inviteCode === undefined) return { success: true as const };
  if ((await replaceInvite(actor, inviteCode, undefined)) !== 'replaced') throw new Problem('changed_meanwhile');
  return { success: true as const };
});
