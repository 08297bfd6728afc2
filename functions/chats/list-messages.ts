import { requireParticipant } from '#shared/chats/access.ts';
import { toMessages } from '#shared/chats/messages/messages.ts';
import { withQuoted } from '#shared/chats/messages/quotes.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { epoch } from '#shared/data/changes/epoch.ts';
import { settledRev } from '#shared/data/changes/log.ts';
import { listMessagesAround, listMessages as readMessages } from '#shared/data/chats/messages.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

/** Characters, with those of the messages that are quoted: a hundred messages of a long paragraph each. */
const maxSmallPage = 100_000;

export const handler = endpoint(listMessages, async ({ userId, params: { chatId }, query, count }) => {
  // The cursor is a minute old, so it may be read beside the messages.
  const [messages, rev] = await Promise.all([
    query.around === undefined ? readMessages(chatId, query) : listMessagesAround(chatId, query.around, query.limit),
    settledRev(chatId),
    requireParticipant(userId, chatId),
  ]);
  const all = await withQuoted(messages);
  const length = [...all.values()].reduce((sum, { content = '' }) => sum + content.length, 0);
  if (length > maxSmallPage) await count({ 'large page': userId });
  return { messages: await toMessages(messages, all), rev, epoch };
});
