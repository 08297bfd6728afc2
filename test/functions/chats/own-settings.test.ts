import { afterEach, describe, expect, test } from 'vitest';
import { getChat } from '#shared/contract/chats/get-chat.ts';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import { setPlace } from '#shared/contract/chats/set-place.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { exportMe } from '#shared/contract/users/export-me.ts';
import { getMembership } from '#shared/data/chats/memberships.ts';
import { keys } from '#shared/data/keys.ts';
import { deleteItems } from '#shared/data/table.ts';
import { call } from '../../support/call.ts';
import { interceptNext, interceptNothing } from '../../support/intercept-next.ts';
import { newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';

afterEach(interceptNothing);

const notify = (person: Person, chatId: string, body: object) =>
  call(setNotifications, person, { params: { chatId }, body });
const place = (person: Person, chatId: string, body: object) => call(setPlace, person, { params: { chatId }, body });
const chatOf = async (person: Person, chatId: string) =>
  (await call(getChat, person, { params: { chatId } })).body.chat;

async function pair() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  return { anna, boris, chatId: await newDirect(anna, boris) };
}

describe('notifications', () => {
  test('are shown to nobody else, and replaced as a whole', async () => {
    const { anna, boris, chatId } = await pair();
    const mutedUntil = '2126-01-01T00:00:00.000Z';
    const both = { level: 'mentions', mutedUntil };
    expect((await notify(anna, chatId, both)).body).toEqual({ notifications: both });
    expect(await chatOf(anna, chatId)).toMatchObject({ notifications: both });
    expect((await call(listChats, anna)).body.chats).toMatchObject([{ notifications: both }]);
    expect(await chatOf(boris, chatId)).not.toHaveProperty('notifications');
    await notify(anna, chatId, { level: 'none' });
    expect((await chatOf(anna, chatId)).notifications).toEqual({ level: 'none' });
    await notify(anna, chatId, { level: 'all', mutedUntil });
    expect((await chatOf(anna, chatId)).notifications).toEqual({ level: 'all', mutedUntil });
    await notify(anna, chatId, { level: 'all' });
    expect(await chatOf(anna, chatId)).not.toHaveProperty('notifications');
  });

  test('keep a time with milliseconds, however it was written', async () => {
    const { anna, chatId } = await pair();
    const mutedUntil = `2126-01-01T00:00:00.5${'0'.repeat(10_000)}Z`;
    const { body } = await notify(anna, chatId, { level: 'all', mutedUntil });
    expect(body.notifications).toEqual({ level: 'all', mutedUntil: '2126-01-01T00:00:00.500Z' });
  });

  test.each([[{}], [{ level: 'loud' }], [{ level: 'all', mutedUntil: 'tomorrow' }], [{ mutedUntil: null }]])(
    '%j is refused',
    async (body) => {
      const { anna, chatId } = await pair();
      expect(await notify(anna, chatId, body)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    },
  );
});

describe('a place in the list', () => {
  test('is shown to nobody else, and keeps what is not given', async () => {
    const { anna, boris, chatId } = await pair();
    expect((await place(anna, chatId, { pinned: true })).body).toEqual({ place: { pinned: true, archived: false } });
    expect((await place(anna, chatId, { archived: true })).body).toEqual({ place: { pinned: true, archived: true } });
    expect(await chatOf(anna, chatId)).toMatchObject({ place: { pinned: true, archived: true } });
    expect((await place(anna, chatId, { pinned: false })).body).toEqual({ place: { pinned: false, archived: true } });
    expect(await chatOf(boris, chatId)).not.toHaveProperty('place');
    await place(anna, chatId, { archived: false });
    expect(await chatOf(anna, chatId)).not.toHaveProperty('place');
  });

  test('is not changed by nothing', async () => {
    const { anna, chatId } = await pair();
    const { status, body } = await place(anna, chatId, {});
    expect([status, body.errors[0].rule]).toEqual([400, 'nothing_given']);
  });
});

describe.each<[string, Endpoint, object]>([
  ['notifications', setNotifications, { level: 'none' }],
  ['a place', setPlace, { pinned: true }],
])('%s', (_what, endpoint, body) => {
  test('of one who leaves at the same moment make no membership', async () => {
    const { anna, chatId } = await pair();
    const set = () => call(endpoint, anna, { params: { chatId }, body });
    // After the use was counted.
    interceptNext('UpdateItem', async (_input, go) => {
      const counted = await go();
      await deleteItems(process.env.CHAT_TABLE as string, [keys.membership(anna.id, chatId)]);
      return counted;
    });
    expect(await set()).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
    expect(await getMembership(anna.id, chatId)).toBeUndefined();
  });
});

test('own settings are exported, and end with the membership', async () => {
  const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
  const { id: chatId, inviteCode } = await newGroup(anna, boris);
  await notify(boris, chatId, { level: 'none' });
  await place(boris, chatId, { archived: true });
  const own = { notifications: { level: 'none' }, place: { pinned: false, archived: true } };
  expect((await call(exportMe, boris)).body.chats).toMatchObject([{ id: chatId, ...own }]);
  expect((await call(exportMe, anna)).body.chats[0]).not.toHaveProperty('place');
  await call(removeMember, boris, { params: { groupId: chatId, userId: boris.id } });
  await call(joinGroup, boris, { body: { inviteCode } });
  expect(await chatOf(boris, chatId)).not.toHaveProperty('place');
});

test('GET /chats/{chatId} shows a chat as the list does, also one that was removed from it', async () => {
  const { anna, chatId } = await pair();
  const { body } = await call(listChats, anna);
  expect(await chatOf(anna, chatId)).toEqual(body.chats[0]);
  await call(leaveChat, anna, { params: { chatId } });
  expect((await call(listChats, anna)).body.chats).toEqual([]);
  expect(await chatOf(anna, chatId)).toEqual(body.chats[0]);
});
