import { takeCode } from './codes.ts';
import type { User } from './data/users.ts';
import { provePassword } from './passwords.ts';
import { Problem } from './problem.ts';

/**
 * Requires proof that the account is the caller's: its password, or a code sent to its phone.
 * Throws `proof_missing`, `wrong_credentials`, `wrong_code`.
 */
export async function proveOwner(
  user: User,
  { password, code }: { password?: string | undefined; code?: string | undefined },
): Promise<void> {
  if (password !== undefined && user.passwordHash !== undefined) return provePassword(user, password);
  if (code !== undefined && user.phone !== undefined) return takeCode(user.phone, code);
  throw new Problem('proof_missing');
}
