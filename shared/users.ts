import { getUser, type User } from './data/users.ts';
import { Problem } from './problem.ts';

/** The profile of the one who asks. Throws `session_ended` when the account is gone. */
export async function requireUser(userId: string): Promise<User> {
  const user = await getUser(userId);
  if (!user) throw new Problem('session_ended');
  return user;
}

/** Others see the name, so an account without one isn't called by its email or phone. */
export const nameFor = (userId: string): string => `User ${userId.slice(0, 4)}`;

/** A user as the specification shows one to themselves. */
export const toUser = ({ id, email, name, phone }: User) => ({ id, email, name, phone });
