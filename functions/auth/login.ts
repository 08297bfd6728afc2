import { randomUUID } from 'node:crypto';
import { takeCode } from '../../shared/codes.ts';
import { login } from '../../shared/contract/auth.ts';
import { createSession } from '../../shared/data/sessions.ts';
import { createUser, findUserByLogin, type User } from '../../shared/data/users.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { passwordMatches } from '../../shared/passwords.ts';
import { toE164 } from '../../shared/phones.ts';
import { Problem } from '../../shared/problem.ts';
import { openSession } from '../../shared/sign-in.ts';
import { nameFor, toUser } from '../../shared/users.ts';

export const handler = endpoint(login, async ({ body, count }, { headers }) => {
  const device = body.device ?? headers['user-agent'];
  if ('phone' in body) {
    const { phone } = toE164(body.phone);
    await count({ account: phone });
    await takeCode(phone, body.code);
    return signInByPhone(phone, device);
  }
  await count({ account: body.email });
  const user = await findUserByLogin('email', body.email);
  const matches = await passwordMatches(body.password, user?.passwordHash);
  if (!user || !matches) throw new Problem('wrong_credentials');
  return signIn(user, device);
});

async function signIn(user: User, device: string | undefined) {
  const { session, ...tokens } = await openSession(user.id, device);
  await createSession(session);
  return { user: toUser(user), ...tokens };
}

/** A phone that is seen for the first time becomes a user; of two that come at once one does. */
async function signInByPhone(phone: string, device: string | undefined) {
  const known = await findUserByLogin('phone', phone);
  if (known) return signIn(known, device);
  const id = randomUUID();
  const user = { id, phone, name: nameFor(id), createdAt: new Date().toISOString() };
  const { session, ...tokens } = await openSession(id, device);
  if (await createUser(user, session)) return { user: toUser(user), ...tokens };
  const meanwhile = await findUserByLogin('phone', phone);
  if (!meanwhile) throw new Problem('wrong_code');
  return signIn(meanwhile, device);
}
