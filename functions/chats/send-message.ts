import { sending, sendMessage } from '../../shared/contract/messages.ts';
import { spendAsParticipant } from '../../shared/data/memberships.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { nameOf } from '../../shared/names.ts';
import { Problem } from '../../shared/problem.ts';
import { send } from '../../shared/send.ts';

export const handler = endpoint(sendMessage, async ({ userId, params, body }) => {
  const [membership, userName] = await Promise.all([
    spendAsParticipant(userId, params.chatId, sending),
    nameOf(userId),
  ]);
  if (!membership) throw new Problem('not_a_participant');
  if (membership.blocked) throw new Problem('blocked');
  const message = await send({ chatId: params.chatId, userId, userName }, body);
  return { message };
});
