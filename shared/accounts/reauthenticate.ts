import type { User } from '#shared/data/accounts/users.ts';
import { Problem } from '#shared/platform/problem.ts';
import { redeemCode } from './one-time-codes.ts';
import { provePassword } from './passwords.ts';

/**
 * Requires proof that the account is the caller's: its password, or a code sent to its phone.
 * Throws `proof_missing`, `wrong_credentials`, `wrong_code`.
 */
export async function reauthenticate(
  user: User,
  { password, code }: { password?: string | undefined; code?: string | undefined },
): Promise<void> {
  if (password !== undefined && user.passwordHash !== undefined) return provePassword(user, password);
  if (code !== undefined && user.phone !== undefined) return redeemCode(user.phone, code, true);
  throw new Problem('proof_missing');
}
