import { parseCursor, toCursor } from '#shared/accounts/export-cursor.ts';
import { exportMe } from '#shared/contract/users/export-me.ts';
import { listSessions } from '#shared/data/accounts/sessions.ts';
import { listBlocks } from '#shared/data/chats/blocks.ts';
import { listFormerMemberships, listMemberships } from '#shared/data/chats/memberships.ts';
import { listMessagesBy } from '#shared/data/chats/messages.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser, toUser } from '#shared/people/users.ts';

/** Messages searched for one page. Even at their maximum of 28 KB each, they fit into Lambda's limit of 6 MB. */
const pageSize = 200;

export const handler = endpoint(exportMe, async ({ userId, query }) => {
  const from = parseCursor(query.cursor);
  const [memberships, former] = await Promise.all([listMemberships(userId), listFormerMemberships(userId)]);
  const chatIds = [...new Set([...memberships, ...former].map(({ chatId }) => chatId))].sort();
  const chatId = chatIds.find((id) => from === undefined || id >= from.chatId);
  const after = chatId === from?.chatId ? (from?.after ?? 0) : 0;
  const { messages, last } = chatId
    ? await listMessagesBy(userId, chatId, after, pageSize)
    : { messages: [], last: undefined };
  const nextId = last === undefined ? chatIds.find((id) => chatId !== undefined && id > chatId) : chatId;
  return {
    ...(from === undefined && (await everythingElse(userId))),
    ...(from === undefined && {
      chats: memberships.map(({ chatId: id, role, joinedAt, readSeq }) => ({ id, role, joinedAt, readSeq })),
      formerChats: former.map(({ chatId: id, leftAt }) => ({ id, leftAt })),
    }),
    messages: messages.map(({ seq, createdAt, content = '', chatId: id }) => ({ chatId: id, seq, createdAt, content })),
    ...(nextId && { cursor: toCursor({ chatId: nextId, after: last ?? 0 }) }),
  };
});

async function everythingElse(userId: string) {
  const [user, sessions, blocks] = await Promise.all([requireUser(userId), listSessions(userId), listBlocks(userId)]);
  return {
    user: { ...toUser(user), createdAt: user.createdAt },
    sessions: sessions.map(({ device, createdAt, lastUsedAt }) => ({ device, createdAt, lastUsedAt })),
    blockedUserIds: blocks.map(({ blockedId }) => blockedId),
  };
}
