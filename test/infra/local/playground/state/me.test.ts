import { expect, test } from 'vitest';
import type { Api } from '../../../../../infra/local/playground/client/rest/api.ts';
import type { Session } from '../../../../../infra/local/playground/client/rest/session.ts';
import { Me, type Profile } from '../../../../../infra/local/playground/state/me.ts';

const profileOf = (name: string) => ({ id: 'anna', name }) as Profile;

/** A profile whose requests are answered when the test says so. */
function start() {
  const answers: ((answer: { user: Profile }) => void)[] = [];
  const api = { users: { me: () => new Promise((resolve) => answers.push(resolve)) } } as unknown as Api;
  const renamed: string[] = [];
  const session = {
    user: { id: 'anna', name: 'Anna' },
    rename: (name: string) => renamed.push(name),
  } as unknown as Session;
  return { answers, renamed, session, me: new Me(api, session, { onChange: () => {}, onRename: () => {} }) };
}

test('a profile that was requested before a change does not undo it', async () => {
  const { answers, me } = start();
  const loading = me.load();
  me.keep({ user: profileOf('Anna Petrova') });
  answers[0]?.({ user: profileOf('Anna') });
  await loading;
  expect(me.profile?.name).toBe('Anna Petrova');
});

test('a profile that is requested after a change replaces it', async () => {
  const { answers, me } = start();
  me.keep({ user: profileOf('Anna Petrova') });
  const loading = me.load();
  answers[0]?.({ user: profileOf('Anna Sidorova') });
  await loading;
  expect(me.profile?.name).toBe('Anna Sidorova');
});

test('a late profile of the previous user does not rename the one who is signed in now', async () => {
  const { answers, renamed, session, me } = start();
  const loading = me.load();
  Object.assign(session, { user: { id: 'boris', name: 'Boris' } });
  answers[0]?.({ user: profileOf('Anna Petrova') });
  await loading;
  expect(renamed).toEqual([]);
});
