import * as z from 'zod/mini';
import { email, phone } from '#shared/contract/fields/index.ts';
import { findUserIds, getUser } from '#shared/data/accounts/users.ts';

const forms = { email, phone };

/** The id of the user who has this id, email or phone. */
export async function findPerson(who: string): Promise<string | undefined> {
  const logins = (['email', 'phone'] as const).flatMap((kind) => {
    const name = z.safeParse(forms[kind], who).data;
    return name === undefined ? [] : [{ kind, name }];
  });
  const [found] = await findUserIds(logins);
  return (await getUser(found?.userId ?? who))?.id;
}
