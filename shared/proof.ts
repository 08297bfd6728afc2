import { takeCode } from './codes.ts';
import { getUser, type User } from './data/users.ts';
import { passwordMatches } from './passwords.ts';
import { Problem } from './problem.ts';

/** The profile of the one who asks. Throws `session_ended` when the account is gone. */
export async function requireUser(userId: string): Promise<User> {
  const user = await getUser(userId);
  if (!user) throw new Problem('session_ended');
  return user;
}

/** Throws `wrong_credentials` unless it is the user's password. */
export async function provePassword(user: User, password: string): Promise<void> {
  if (!(await passwordMatches(password, user.passwordHash))) throw new Problem('wrong_credentials');
}

/**
 * Holds the caller to showing that the account is theirs: by its password, or if it has none by a code sent to its phone.
 * Throws `proof_missing`, `wrong_credentials`, `wrong_code`.
 */
export async function proveOwner(
  user: User,
  { password, code }: { password?: string | undefined; code?: string | undefined },
): Promise<void> {
  if (user.passwordHash !== undefined) {
    if (password === undefined) throw new Problem('proof_missing');
    await provePassword(user, password);
  } else {
    if (code === undefined || user.phone === undefined) throw new Problem('proof_missing');
    await takeCode(user.phone, code);
  }
}
