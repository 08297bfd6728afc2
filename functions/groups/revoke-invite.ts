import { requireRole } from '#shared/chats/access.ts';
import { readGroup } from '#shared/chats/groups.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { revokeInvite } from '#shared/contract/groups/revoke-invite.ts';
import { replaceInvite } from '#shared/data/chats/invites.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(revokeInvite, async ({ userId, params: { groupId } }) => {
  const actor = await requireRole(userId, groupId, 'admin');
  const { inviteCode } = await readGroup(groupId);
  if (inviteCode === undefined) return succeeded;
  if ((await replaceInvite(actor, inviteCode, undefined)) !== undefined) throw new Problem('changed_meanwhile');
  return succeeded;
});
