import type { Cast } from '../client/cast.ts';
import type { Account } from '../client/person.ts';
import type { Transport } from '../client/transport.ts';
import type { Left } from './report.ts';
import { inParallel } from './run.ts';

/** Deletes the accounts of a run, if the server has `DELETE /users/me`, which the specification doesn't know. */
export async function deleteAccounts({ made, phones }: Cast, transport: Transport): Promise<Left> {
  const remove = async ({ accessToken: token, password }: Account): Promise<boolean> => {
    const request = { method: 'DELETE', path: '/users/me', token, body: { password } };
    return transport.send(request).then(
      ({ status }) => status === 200,
      () => false,
    );
  };
  const gone = await inParallel(made, 2, remove);
  const accounts = made.filter((_, index) => !gone[index]);
  return { deleted: made.length - accounts.length, accounts, phones };
}
