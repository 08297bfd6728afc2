import { refuseCommonPassword } from '#shared/accounts/common-passwords.ts';
import { hashPassword } from '#shared/accounts/passwords.ts';
import { reauthenticate } from '#shared/accounts/reauthenticate.ts';
import { linkEmail } from '#shared/contract/users/link-email.ts';
import { linkLogin } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser, toUser } from '#shared/people/users.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(linkEmail, async ({ userId, body: { email, password, code } }) => {
  const user = await requireUser(userId);
  const isFirst = user.passwordHash === undefined;
  if (isFirst) refuseCommonPassword(password);
  await reauthenticate(user, { password, code });
  const refusal = await linkLogin(
    user,
    { kind: 'email', name: email },
    isFirst ? await hashPassword(password) : undefined,
  );
  if (refusal === 'taken') throw new Problem('email_taken');
  if (refusal === 'changed') throw new Problem('changed_meanwhile');
  return { user: toUser({ ...user, email }) };
});
