import { findUsers } from '#shared/contract/users/find-users.ts';
import { findUserIds, getNames } from '#shared/data/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(findUsers, async ({ body }) => {
  const asked = [
    ...[...new Set(body.emails)].map((name) => ({ kind: 'email' as const, name })),
    ...[...new Set(body.phones)].map((name) => ({ kind: 'phone' as const, name })),
  ];
  const ids = await findUserIds(asked);
  const names = await getNames([...new Set(ids.values())]);
  return {
    users: asked.flatMap(({ kind, name: login }) => {
      const id = ids.get(`${kind}:${login}`);
      const name = names.get(id ?? '');
      return id !== undefined && name !== undefined ? [{ id, name, [kind]: login }] : [];
    }),
  };
});
