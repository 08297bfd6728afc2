import { sendMessage } from '../../shared/contract/messages.ts';
import { spendAsParticipant } from '../../shared/data/memberships.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { nameOf } from '../../shared/names.ts';
import { Problem } from '../../shared/problem.ts';
import { send, sendingRate } from '../../shared/send.ts';

export const handler = endpoint(sendMessage, async ({ userId, params, body }) => {
  const [maySend, userName] = await Promise.all([
    spendAsParticipant(userId, params.chatId, sendingRate),
    nameOf(userId),
  ]);
  if (!maySend) throw new Problem('not_a_participant');
  const { message } = await send({ chatId: params.chatId, userId, userName }, body);
  return { message };
});
