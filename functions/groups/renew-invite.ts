import { requireRole } from '#shared/chats/access.ts';
import { newInviteCode, readGroup } from '#shared/chats/groups.ts';
import { renewInvite } from '#shared/contract/groups/renew-invite.ts';
import { replaceInvite } from '#shared/data/chats/invites.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(renewInvite, async ({ userId, params: { groupId }, body }) => {
  const actor = await requireRole(userId, groupId, 'admin');
  const { inviteCode: old } = await readGroup(groupId);
  const expiresAt = body.expiresIn && Math.floor(Date.now() / 1000) + body.expiresIn;
  const terms = { chatId: groupId, createdAt: new Date().toISOString(), maxUses: body.maxUses, expiresAt };
  let next = { code: newInviteCode(), ...terms };
  let refusal = await replaceInvite(actor, old, next);
  while (refusal === 'taken') {
    next = { code: newInviteCode(), ...terms };
    refusal = await replaceInvite(actor, old, next);
  }
  if (refusal === 'changed') throw new Problem('changed_meanwhile');
  return {
    inviteCode: next.code,
    ...(expiresAt && { expiresAt: new Date(expiresAt * 1000).toISOString() }),
    ...(body.maxUses && { maxUses: body.maxUses }),
  };
});
