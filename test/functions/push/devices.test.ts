import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import { endSession } from '#shared/contract/auth/end-session.ts';
import { login } from '#shared/contract/auth/login.ts';
import { logout } from '#shared/contract/auth/logout.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { deletePush } from '#shared/contract/users/delete-push.ts';
import { setPush } from '#shared/contract/users/set-push.ts';
import { listStoredSessions } from '#shared/data/accounts/sessions.ts';
import { keys } from '#shared/data/keys.ts';
import { getItem } from '#shared/data/table.ts';
import { call } from '../../support/call.ts';
import { sent } from '../../support/changes.ts';
import { newDirect, newPerson, type Person, password } from '../../support/people.ts';
import { newDevice, shown, workOff } from '../../support/push.ts';

/** Anna, who writes to somebody else. */
async function annaAnd(name: string) {
  const [anna, other] = await Promise.all([newPerson('Anna'), newPerson(name)]);
  const chatId = await newDirect(anna, other);
  const write = async () => {
    await sent(anna, chatId, 'hello');
    await workOff(chatId);
  };
  return { anna, other, chatId, write };
}

/** Another session of the person. */
async function logInAgain({ email }: Person): Promise<{ token: string; sessionId: string }> {
  const { body } = await call(login, undefined, { body: { email, password } });
  const sessionId = JSON.parse(atob(body.accessToken.split('.')[1])).sid;
  return { token: body.accessToken, sessionId };
}

test('each device of a user gets the push, in its language', async () => {
  const { other, write } = await annaAnd('Boris');
  const [phone, tablet] = [await newDevice(other), await newDevice(await logInAgain(other), { locale: 'ru_RU' })];
  await write();
  expect([shown(phone), shown(tablet)]).toEqual([['Anna: hello'], ['Anna: hello']]);
});

test('a session has one device: a new token replaces the old one', async () => {
  const { other, write } = await annaAnd('Boris');
  const [old, current] = [await newDevice(other), await newDevice(other)];
  await write();
  expect([shown(old), shown(current)]).toEqual([[], ['Anna: hello']]);
});

test('a token that another session registers moves there', async () => {
  const { other, write } = await annaAnd('Boris');
  const token = await newDevice(other);
  const gleb = await newPerson('Gleb');
  await call(setPush, gleb, { body: { token, platform: 'android' } });
  await write();
  expect(shown(token)).toEqual([]);
  // And back.
  await call(setPush, other, { body: { token, platform: 'android' } });
  await write();
  expect(shown(token)).toEqual(['Anna: hello']);
  const [session] = await listStoredSessions(gleb.id);
  expect(session?.push).toBeUndefined();
});

test('two sessions that register one token at the same moment: one has it then', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => newPerson()));
  for (let round = 0; round < 5; round++) {
    const body = { token: `contested-${people[0]?.id}`, platform: 'ios' };
    const answers = await Promise.all(people.map((person) => call(setPush, person, { body })));
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    const sessions = (await Promise.all(people.map(({ id }) => listStoredSessions(id)))).flat();
    expect(sessions.filter(({ push }) => push)).toHaveLength(1);
  }
});

test.each<[string, (person: Person) => Promise<unknown>]>([
  ['DELETE /users/me/push', (person) => call(deletePush, person)],
  ['a logout', (person) => call(logout, person, { body: {} })],
  ['a logout everywhere', async (person) => call(logout, await logInAgain(person), { body: { everywhere: true } })],
  [
    'the end of the session',
    async (person) => call(endSession, await logInAgain(person), { params: { sessionId: person.sessionId } }),
  ],
  [
    'a new password, set in another session',
    async (person) =>
      call(changePassword, await logInAgain(person), {
        body: { currentPassword: password, newPassword: 'another horse, battery' },
      }),
  ],
  ['the deletion of the account', (person) => call(deleteMe, person, { body: { password } })],
])('after %s nothing is pushed to the device', async (_, end) => {
  const { anna, other, chatId } = await annaAnd('Boris');
  const token = await newDevice(other);
  await sent(anna, chatId, 'hello');
  const ended = (await end(other)) as { status: number };
  expect(ended.status).toBe(200);
  await workOff(chatId);
  expect(shown(token)).toEqual([]);
});

test('a new password leaves the device of the session that set it', async () => {
  const { other, write } = await annaAnd('Boris');
  const token = await newDevice(other);
  const body = { currentPassword: password, newPassword: 'another horse, battery' };
  expect((await call(changePassword, other, { body })).status).toBe(200);
  await write();
  expect(shown(token)).toEqual(['Anna: hello']);
});

test('a deleted account leaves nothing of its tokens', async () => {
  const person = await newPerson();
  const key = keys.pushToken(hash('sha256', await newDevice(person)));
  const read = () => getItem(process.env.CHAT_TABLE as string, key);
  expect(await read()).toMatchObject({ userId: person.id });
  await call(deleteMe, person, { body: { password } });
  expect(await read()).toBeUndefined();
});

test('tokens, platforms and locales are checked', async () => {
  const person = await newPerson();
  for (const body of [
    { platform: 'ios' },
    { token: '', platform: 'ios' },
    { token: 'with space', platform: 'ios' },
    { token: 'x'.repeat(1025), platform: 'ios' },
    { token: 'fine', platform: 'windows' },
    { token: 'fine', platform: 'ios', locale: 'r'.repeat(36) },
  ])
    expect((await call(setPush, person, { body })).status).toBe(400);
  expect((await call(deletePush, person)).status).toBe(200);
});
