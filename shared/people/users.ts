import { domainToASCII, domainToUnicode } from 'node:url';
import { getUser, type User } from '#shared/data/accounts/users.ts';
import { Problem } from '#shared/platform/problem.ts';
import { texts } from '#shared/texts/in-language.ts';
import { avatarOf } from './display-names.ts';

/** The caller's profile. Throws `session_ended` if the account is gone. */
export async function requireUser(userId: string): Promise<User> {
  const user = await getUser(userId);
  if (!user) throw new Problem('session_ended');
  return user;
}

/** The name of an account that has chosen none. Others see it, so it doesn't show the email or phone. */
export const nameFor = (userId: string): string => texts().nameless(userId.slice(0, 4));

/** An email as people read it: stored with the domain in ASCII, shown in Unicode if that is the same domain. */
export function emailShown(email: string): string {
  const [localPart = '', domain = ''] = email.split('@');
  const shown = domainToUnicode(domain);
  return domain.includes('xn--') && domainToASCII(shown) === domain ? `${localPart}@${shown}` : email;
}

/** A user's own view of their account, as the specification shows it. */
export const toUser = ({ id, email = '', name, phone, addedBy, showLastSeen, pushPreview, avatarId }: User) => ({
  id,
  email: emailShown(email),
  name,
  phone,
  ...avatarOf(id, { avatarId }),
  addedBy,
  ...(showLastSeen === false && { showLastSeen }),
  pushPreview,
});
