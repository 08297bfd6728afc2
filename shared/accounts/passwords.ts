import bcrypt from 'bcryptjs';
import type { User } from '#shared/data/accounts/users.ts';
import { Problem } from '#shared/platform/problem.ts';

/** bcrypt's work factor: the minimum of OWASP's Password Storage Cheat Sheet; about 60 ms on one core. */
const cost = 10;

/** A hash that no password has, to compare with when the email is unknown. */
const nobody = `$2b$${cost}$${'.'.repeat(53)}`;

export function hashPassword(password: string): Promise<string> {
  return bcrypt.hash(password, cost);
}

/** Takes the same time whether or not there is a hash, so that the time doesn't tell whether an account exists. */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  const equal = await bcrypt.compare(password, hash ?? nobody);
  // bcrypt looks only at the first 72 bytes of a longer password.
  return equal && hash !== undefined && !bcrypt.truncates(password);
}

/** Throws `wrong_credentials` unless it is the user's password. */
export async function provePassword(user: User, password: string): Promise<void> {
  if (!(await passwordMatches(password, user.passwordHash))) throw new Problem('wrong_credentials');
}
