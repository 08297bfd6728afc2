import { randomUUID } from 'node:crypto';
import { refuseCommonPassword } from '#shared/accounts/common-passwords.ts';
import { openSession } from '#shared/accounts/open-session.ts';
import { hashPassword } from '#shared/accounts/passwords.ts';
import { register } from '#shared/contract/auth/register.ts';
import { rememberNetwork } from '#shared/data/accounts/known-networks.ts';
import { createUser } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { nameFor, toUser } from '#shared/people/users.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(register, async ({ body, headers, network }) => {
  refuseCommonPassword(body.password);
  const id = randomUUID();
  const user = {
    id,
    email: body.email,
    name: body.name ?? nameFor(id),
    passwordHash: await hashPassword(body.password),
    createdAt: new Date().toISOString(),
    sessionGeneration: 0,
  };
  const { session, ...tokens } = await openSession(user, body.device ?? headers['user-agent']);
  if ((await createUser(user, session)) === 'login taken') throw new Problem('email_taken');
  await rememberNetwork(id, network);
  identify({ userId: id });
  return { user: toUser(user), ...tokens };
});
