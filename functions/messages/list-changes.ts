import { listChanged, readChanged } from '#shared/changes/list.ts';
import { requireParticipant } from '#shared/chats/access.ts';
import { toMessages } from '#shared/chats/messages/messages.ts';
import { listChanges } from '#shared/contract/messages/list-changes.ts';
import { epoch } from '#shared/data/changes/epoch.ts';
import { getLastNumbers } from '#shared/data/chats/chats.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(listChanges, async ({ userId, params: { chatId }, query }) => {
  const [last] = await Promise.all([getLastNumbers(chatId), requireParticipant(userId, chatId)]);
  const { changed, next, ...cursor } = await listChanged(chatId, query, last.rev, query.limit);
  const messages = await toMessages(await readChanged(chatId, changed));
  return { messages, ...cursor, ...(next !== undefined && { next, more: true as const }), epoch };
});
