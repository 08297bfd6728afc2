import * as z from 'zod/mini';
import { email, phone } from '#shared/contract/fields/index.ts';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { findUserIds, getNames } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { emailShown } from '#shared/people/users.ts';

const forms = { email, phone };

const loginsOf = (kind: 'email' | 'phone', entries: string[]) =>
  [...new Set(entries)].flatMap((entry) => {
    const name = z.safeParse(forms[kind], entry).data;
    return name === undefined ? [] : [{ kind, name, entry }];
  });

export const handler = endpoint(findUsers, async ({ body }) => {
  const found = await findUserIds([...loginsOf('email', body.emails), ...loginsOf('phone', body.phones)]);
  const names = await getNames([...new Set(found.map(({ userId }) => userId))]);
  return {
    users: found.flatMap(({ userId: id, login: { kind, name, entry } }) => {
      const personName = names.get(id);
      const shown = kind === 'email' ? emailShown(name) : name;
      return personName === undefined ? [] : [{ id, name: personName, [kind]: shown, entry }];
    }),
  };
});
