import { requireParticipant } from '#shared/chats/access.ts';
import { requireSeq } from '#shared/chats/find-message.ts';
import { toMessages } from '#shared/chats/messages.ts';
import { getMessage as contract } from '#shared/contract/messages/get-message.ts';
import { getMessage } from '#shared/data/chats/messages.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(contract, async ({ userId, params: { chatId, messageId } }) => {
  const [stored] = await Promise.all([
    requireSeq(chatId, messageId).then((seq) => getMessage(chatId, seq)),
    requireParticipant(userId, chatId),
  ]);
  const [message] = await toMessages(stored ? [stored] : []);
  if (!message) throw new Problem('message_not_found');
  return { message };
});
