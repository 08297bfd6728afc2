import { takeCode } from './codes.ts';
import type { User } from './data/users.ts';
import { provePassword } from './passwords.ts';
import { Problem } from './problem.ts';

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
