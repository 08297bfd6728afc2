import { randomUUID } from 'node:crypto';
import { takeCode } from '#shared/accounts/one-time-codes.ts';
import { openSession } from '#shared/accounts/open-session.ts';
import { passwordMatches } from '#shared/accounts/passwords.ts';
import { login } from '#shared/contract/auth/login.ts';
import { createUser, findUserByLogin, storeSession, type User, type Was } from '#shared/data/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { nameFor, toUser } from '#shared/people/users.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { Problem, toProblem } from '#shared/platform/problem.ts';

export const handler = endpoint(login, async ({ body, count }, event) => {
  const device = body.device ?? event.headers['user-agent'];
  const signedIn = 'phone' in body ? await byPhone(body, count, device) : await byEmail(body, count, device);
  event.userId = signedIn.user.id;
  return signedIn;
}).use({
  after: () => countMetric('Logins'),
  onError: ({ error }) => {
    if (refusals.has(toProblem(error).status)) countMetric('LoginsRefused');
  },
});

/** The statuses of a wrong guess, and of too many. */
const refusals = new Set([401, 429]);

type Count = (subjects: { account: string }) => Promise<void>;

async function byEmail({ email, password }: { email: string; password: string }, count: Count, device?: string) {
  await count({ account: email });
  const user = await findUserByLogin('email', email);
  const matches = await passwordMatches(password, user?.passwordHash);
  if (!user || !matches) throw new Problem('wrong_credentials');
  // The password may be changed while the one given is compared: a session of the old one would outlive it.
  const given = { email: user.email, passwordHash: user.passwordHash };
  return signIn(user, given, 'wrong_credentials', device);
}

/** A new phone becomes a user. If two logins come at once, one of them creates the user and the other finds it. */
async function byPhone({ phone, code }: { phone: string; code: string }, count: Count, device?: string) {
  await count({ account: phone });
  await takeCode(phone, code);
  const known = await findUserByLogin('phone', phone);
  if (known) return signIn(known, { phone }, 'wrong_code', device);
  const id = randomUUID();
  const user = { id, phone, name: nameFor(id), createdAt: new Date().toISOString() };
  const { session, ...tokens } = await openSession(id, device);
  if (await createUser(user, session)) return { user: toUser(user), ...tokens };
  const meanwhile = await findUserByLogin('phone', phone);
  if (!meanwhile) throw new Problem('wrong_code');
  return signIn(meanwhile, { phone }, 'wrong_code', device);
}

/** Throws the refusal if the user no longer logs in with what was given. */
async function signIn(user: User, given: Was, refusal: 'wrong_credentials' | 'wrong_code', device?: string) {
  const { session, ...tokens } = await openSession(user.id, device);
  if (!(await storeSession(session, given))) throw new Problem(refusal);
  return { user: toUser(user), ...tokens };
}
