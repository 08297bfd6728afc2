import { randomUUID } from 'node:crypto';
import { register } from '../../shared/contract/auth.ts';
import { createUser } from '../../shared/data/users.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { hashPassword } from '../../shared/passwords.ts';
import { Problem } from '../../shared/problem.ts';
import { openSession, toUser } from '../../shared/sign-in.ts';

export const handler = endpoint(register, async ({ body }) => {
  const id = randomUUID();
  const user = {
    id,
    email: body.email,
    // Others see the name, so it is not made from the email.
    name: body.name ?? `User ${id.slice(0, 4)}`,
    passwordHash: await hashPassword(body.password),
    createdAt: new Date().toISOString(),
  };
  const { session, accessToken, refreshToken } = await openSession(id);
  if (!(await createUser(user, session))) throw new Problem('email_taken');
  return { user: toUser(user), accessToken, refreshToken };
});
