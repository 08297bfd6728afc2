import { randomUUID } from 'node:crypto';
import { countLogins } from '#shared/accounts/count-logins.ts';
import { redeemCode } from '#shared/accounts/one-time-codes.ts';
import { endExcessSessions, openSession } from '#shared/accounts/open-session.ts';
import { passwordMatches } from '#shared/accounts/passwords.ts';
import { login } from '#shared/contract/auth/login.ts';
import { isKnownNetwork, rememberNetwork } from '#shared/data/accounts/known-networks.ts';
import { createUser, findUserByLogin, storeSession, type Unchanged, type User } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireSwitchedOn } from '#shared/lambda/switches.ts';
import { nameFor, toUser } from '#shared/people/users.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(login, async ({ body, headers, network, count }) => {
  const device = body.device ?? headers['user-agent'];
  const subject = 'phone' in body ? { phone: body.phone } : { email: body.email };
  const [[kind, name]] = Object.entries(subject) as [['email' | 'phone', string]];
  const user = await findUserByLogin({ kind, name });
  const knownNetwork = await isKnownNetwork(user?.id, network);
  await count({ login: name, ...subject }, { knownNetwork });
  const signedIn =
    'phone' in body ? await byPhone(body, knownNetwork, device) : await byEmail(user, body.password, device);
  await rememberNetwork(signedIn.user.id, network);
  identify({ userId: signedIn.user.id });
  return signedIn;
}).use(countLogins());

async function byEmail(user: User | undefined, password: string, device?: string) {
  const matches = await passwordMatches(password, user?.passwordHash);
  if (!user || !matches) throw new Problem('wrong_credentials');
  // The password may be changed during the comparison: a session of the old one would outlive it.
  const unchanged = { email: user.email, passwordHash: user.passwordHash };
  return signIn(user, unchanged, 'wrong_credentials', device);
}

/** A new phone becomes a user. If two logins come at once, one of them creates the user and the other finds it. */
async function byPhone({ phone, code }: { phone: string; code: string }, knownNetwork: boolean, device?: string) {
  await redeemCode(phone, code, knownNetwork);
  const known = await findUserByLogin({ kind: 'phone', name: phone });
  if (known) return signIn(known, { phone }, 'wrong_code', device);
  await requireSwitchedOn('registration');
  const id = randomUUID();
  const user = { id, phone, name: nameFor(id), createdAt: new Date().toISOString(), sessionGeneration: 0 };
  const { session, ...tokens } = await openSession(user, device);
  if ((await createUser(user, session)) === undefined) return { user: toUser(user), ...tokens };
  const meanwhile = await findUserByLogin({ kind: 'phone', name: phone });
  if (!meanwhile) throw new Problem('wrong_code');
  return signIn(meanwhile, { phone }, 'wrong_code', device);
}

/** Throws `suspended`, and the problem if the user no longer logs in with what was checked. */
async function signIn(user: User, unchanged: Unchanged, problem: 'wrong_credentials' | 'wrong_code', device?: string) {
  // Only somebody who could log in is told.
  if (user.suspendedAt !== undefined) throw new Problem('suspended');
  const { session, ...tokens } = await openSession(user, device);
  if ((await storeSession(session, unchanged)) !== undefined) throw new Problem(problem);
  await endExcessSessions(user.id);
  return { user: toUser(user), ...tokens };
}
