import { findUsers } from '#shared/contract/users/find-users.ts';
import { findUserIds, getNames } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(findUsers, async ({ body }) => {
  const logins = [
    ...[...new Set(body.emails)].map((name) => ({ kind: 'email' as const, name })),
    ...[...new Set(body.phones)].map((name) => ({ kind: 'phone' as const, name })),
  ];
  const found = await findUserIds(logins);
  const names = await getNames([...new Set(found.map(({ userId }) => userId))]);
  return {
    users: found.flatMap(({ userId: id, login }) => {
      const name = names.get(id);
      return name === undefined ? [] : [{ id, name, [login.kind]: login.name }];
    }),
  };
});
