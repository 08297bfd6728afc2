import { exportPage } from '#shared/accounts/export.ts';
import { parseCursor } from '#shared/accounts/export-cursor.ts';
import type { AnswerOf } from '#shared/contract/operator/command.ts';
import type { exportUser, showUser, suspendUser } from '#shared/contract/operator/people.ts';
import { getGoogleLink } from '#shared/data/accounts/google-links.ts';
import { listSessions, type Session } from '#shared/data/accounts/sessions.ts';
import { unsuspendUser as liftSuspension, suspendUser as storeSuspension } from '#shared/data/accounts/suspension.ts';
import { getUser, type User } from '#shared/data/accounts/users.ts';
import { listBlocks } from '#shared/data/chats/blocks.ts';
import { listMemberships } from '#shared/data/chats/memberships.ts';
import { endAndCloseSockets } from '#shared/delivery/close.ts';
import type { CommandInput } from '#shared/lambda/operator-api.ts';
import { emailShown } from '#shared/people/users.ts';
import { Problem } from '#shared/platform/problem.ts';
import { texts } from '#shared/texts/in-language.ts';

type About = { userId: string };

const toPerson = ({ id, name, email, phone, createdAt, suspendedAt }: User, sessions: Session[] = []) => {
  const lastUsedAt = sessions
    .map((session) => session.lastUsedAt)
    .sort()
    .at(-1);
  return {
    id,
    name,
    ...(email && { email: emailShown(email) }),
    ...(phone && { phone }),
    createdAt,
    ...(suspendedAt && { suspendedAt }),
    ...(lastUsedAt && { lastUsedAt }),
  };
};

/** What an operator may know of an account without reading what its user has written. Throws `user_not_found`. */
export async function show({ userId }: About): Promise<AnswerOf<typeof showUser>> {
  const [user, sessions, memberships, blocks, link] = await Promise.all([
    getUser(userId),
    listSessions(userId),
    listMemberships(userId),
    listBlocks(userId),
    getGoogleLink(userId),
  ]);
  if (!user) throw new Problem('user_not_found');
  return {
    user: toPerson(user, sessions),
    sessions: sessions.map(({ device = texts().unknownDevice, createdAt, lastUsedAt }) => ({
      device,
      createdAt,
      lastUsedAt,
    })),
    chats: memberships.length,
    blocks: blocks.length,
    googleLinked: link !== undefined,
  };
}

/** When it returns, no session and no socket of the user is left, and none can begin. Throws `user_not_found`. */
export async function suspend({ userId }: About): Promise<AnswerOf<typeof suspendUser>> {
  const user = await endAndCloseSockets(
    userId,
    () => true,
    () => storeSuspension(userId),
  );
  if (!user) throw new Problem('user_not_found');
  return { user: toPerson(user) };
}

/** Throws `user_not_found`. */
export async function unsuspend({ userId }: About): Promise<AnswerOf<typeof suspendUser>> {
  const user = await liftSuspension(userId);
  if (!user) throw new Problem('user_not_found');
  return { user: toPerson(user) };
}

/** Throws `invalid_input` for a wrong cursor. */
export const exportAll = ({ userId, cursor }: CommandInput<typeof exportUser>) =>
  exportPage(userId, parseCursor(cursor));
