import { revokeInvite } from '../../shared/contract/groups.ts';
import { replaceInvite } from '../../shared/data/invites.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { memberOf, readGroup } from '../../shared/groups.ts';
import { Problem } from '../../shared/problem.ts';

export const handler = endpoint(revokeInvite, async ({ userId, params: { groupId } }) => {
  const actor = await memberOf(userId, groupId, 'admin');
  const { inviteCode } = await readGroup(groupId);
  if (inviteCode === undefined) return { success: true as const };
  if ((await replaceInvite(actor, inviteCode, undefined)) !== 'replaced') throw new Problem('changed_meanwhile');
  return { success: true as const };
});
