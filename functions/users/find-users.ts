import * as z from 'zod/mini';
import { email, phone } from '#shared/contract/fields/index.ts';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { findUserIds, getShown } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { avatarOf } from '#shared/people/display-names.ts';
import { emailShown } from '#shared/people/users.ts';

const forms = { email, phone };

const loginsOf = (kind: 'email' | 'phone', entries: string[]) =>
  [...new Set(entries)].flatMap((entry) => {
    const name = z.safeParse(forms[kind], entry).data;
    return name === undefined ? [] : [{ kind, name, entry }];
  });

export const handler = endpoint(findUsers, async ({ body }) => {
  const found = await findUserIds([...loginsOf('email', body.emails), ...loginsOf('phone', body.phones)]);
  const people = await getShown([...new Set(found.map(({ userId }) => userId))]);
  return {
    users: found.flatMap(({ userId: id, login: { kind, name, entry } }) => {
      const person = people.get(id);
      const shown = kind === 'email' ? emailShown(name) : name;
      return person ? [{ id, name: person.name, ...avatarOf(id, person), [kind]: shown, entry }] : [];
    }),
  };
});
