import { attachmentsOf } from '#shared/chats/messages/attachments.ts';
import { toOwnSettings } from '#shared/chats/own-settings.ts';
import type { ResponseOf } from '#shared/contract/endpoint.ts';
import type { exportMe } from '#shared/contract/users/export-me.ts';
import { listSessions } from '#shared/data/accounts/sessions.ts';
import { listBlocks } from '#shared/data/chats/blocks.ts';
import { listFormerMemberships, listMemberships, type Membership } from '#shared/data/chats/memberships.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import { requireUser, toUser } from '#shared/people/users.ts';
import { texts } from '#shared/texts/in-language.ts';
import { type Cursor, toCursor } from './export-cursor.ts';
import { readExportPage } from './export-page.ts';

/** A page of everything about a user. All but messages and reactions is on the first one, which has no `from`. */
export async function exportPage(userId: string, from: Cursor | undefined): Promise<ResponseOf<typeof exportMe>> {
  const [{ messages, reactions, next }, more] = await Promise.all([
    readExportPage(userId, from),
    from === undefined ? everythingElse(userId) : {},
  ]);
  return {
    ...more,
    messages: messages.map(toOwnMessage),
    ...(reactions.length > 0 && { reactions }),
    ...(next && { cursor: toCursor(next) }),
  };
}

/** Without what nobody needs, such as the `clientId`. */
function toOwnMessage(stored: StoredMessage) {
  const { chatId, seq, createdAt, content = '', editedAt, deletedAt, replyToSeq, mentions, everyone } = stored;
  const own = { chatId, seq, createdAt, content, editedAt, deletedAt, replyToSeq, mentions, everyone };
  return { ...own, ...attachmentsOf(stored) };
}

async function everythingElse(userId: string) {
  const [user, sessions, blocks, memberships, former] = await Promise.all([
    requireUser(userId),
    listSessions(userId),
    listBlocks(userId),
    listMemberships(userId),
    listFormerMemberships(userId),
  ]);
  return {
    user: { ...toUser(user), createdAt: user.createdAt },
    sessions: sessions.map(({ device = texts().unknownDevice, createdAt, lastUsedAt }) => ({
      device,
      createdAt,
      lastUsedAt,
    })),
    blockedUserIds: blocks.map(({ blockedId }) => blockedId),
    chats: memberships.map(toExportedChat),
    formerChats: former.map(({ chatId: id, leftAt }) => ({ id, leftAt })),
  };
}

function toExportedChat(membership: Membership) {
  const { chatId: id, role, joinedAt, readSeq } = membership;
  return { id, role, joinedAt, readSeq, ...toOwnSettings(membership) };
}
