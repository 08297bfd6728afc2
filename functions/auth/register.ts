import { randomUUID } from 'node:crypto';
import { refuseCommonPassword } from '../../shared/common-passwords.ts';
import { register } from '../../shared/contract/auth.ts';
import { createUser } from '../../shared/data/users.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { hashPassword } from '../../shared/passwords.ts';
import { Problem } from '../../shared/problem.ts';
import { openSession } from '../../shared/sign-in.ts';
import { nameFor, toUser } from '../../shared/users.ts';

export const handler = endpoint(register, async ({ body }, event) => {
  refuseCommonPassword(body.password);
  const id = randomUUID();
  const user = {
    id,
    email: body.email,
    name: body.name ?? nameFor(id),
    passwordHash: await hashPassword(body.password),
    createdAt: new Date().toISOString(),
  };
  const { session, ...tokens } = await openSession(id, body.device ?? event.headers['user-agent']);
  if (!(await createUser(user, session))) throw new Problem('email_taken');
  event.userId = id;
  return { user: toUser(user), ...tokens };
});
