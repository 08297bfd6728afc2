import { login } from '../../shared/contract/auth.ts';
import { createSession } from '../../shared/data/sessions.ts';
import { findUserByEmail } from '../../shared/data/users.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { passwordMatches } from '../../shared/passwords.ts';
import { Problem } from '../../shared/problem.ts';
import { openSession, toUser } from '../../shared/sign-in.ts';

export const handler = endpoint(login, async ({ body }) => {
  const user = await findUserByEmail(body.email);
  const matches = await passwordMatches(body.password, user?.passwordHash);
  if (!user || !matches) throw new Problem('wrong_credentials');
  const { session, accessToken, refreshToken } = await openSession(user.id);
  await createSession(session);
  return { user: toUser(user), accessToken, refreshToken };
});
