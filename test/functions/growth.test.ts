import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import { listSessions } from '#shared/contract/auth/list-sessions.ts';
import { login } from '#shared/contract/auth/login.ts';
import { logout } from '#shared/contract/auth/logout.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { listReads } from '#shared/contract/chats/list-reads.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { exportMe } from '#shared/contract/users/export-me.ts';
import { type Session, sessionPut } from '#shared/data/accounts/sessions.ts';
import { keys } from '#shared/data/keys.ts';
import { addUse } from '#shared/data/limits.ts';
import { type Write, writeTogether } from '#shared/data/write.ts';
import { inBatches } from '#shared/platform/lists.ts';
import type { Json } from '../support/api-client.ts';
import { call } from '../support/call.ts';
import { countUnits } from '../support/count-operations.ts';
import { newGroup, newPerson, type Person, password } from '../support/people.ts';

/** What grows with a user's chats and sessions and with a group's participants, and that nothing grows faster than they do. */

const sizes = [10, 100, 1000] as const;

const put = (Item: object): Write => ({ Put: { TableName: process.env.CHAT_TABLE, Item } });

async function putAll(writes: Write[]): Promise<void> {
  for (const some of inBatches(writes, 100)) await writeTogether(some);
}

/** Somebody alone in so many groups with a message each. */
async function inChats(count: number): Promise<Person> {
  const anna = await newPerson();
  const at = new Date().toISOString();
  const chats = Array.from({ length: count }, () => {
    const chatId = randomUUID();
    return [
      put({ ...keys.chat(chatId), id: chatId, name: 'Group', type: 'group', createdAt: at, seq: 1, lastAt: at }),
      put({ ...keys.roster(chatId), participantIds: new Set([anna.id]) }),
      put({ ...keys.membership(anna.id, chatId), userId: anna.id, chatId, role: 'owner', joinedAt: at, readSeq: 0 }),
      put({ ...keys.message(chatId, 1), chatId, seq: 1, userId: anna.id, type: 'text', content: 'hi', createdAt: at }),
    ];
  });
  await putAll(chats.flat());
  return anna;
}

/** Somebody with so many sessions as could be stored at one time. */
async function withSessions(count: number): Promise<Person> {
  const anna = await newPerson();
  const at = new Date().toISOString();
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;
  const session = (): Session => ({
    ...{ id: randomUUID(), userId: anna.id, device: 'x', createdAt: at, lastUsedAt: at, rotation: 0 },
    ...{ expiresAt, generation: 0 },
  });
  await putAll(Array.from({ length: count }, () => sessionPut(session())));
  return anna;
}

interface Group {
  anna: Person;
  member: Person;
  groupId: string;
}

/** A group of so many participants. */
async function withParticipants(count: number): Promise<Group> {
  const [anna, member] = await Promise.all([newPerson(), newPerson()]);
  const { id: chatId } = await newGroup(anna, member);
  const joinedAt = new Date().toISOString();
  const others = Array.from({ length: count - 2 }, () => randomUUID());
  const membership = { chatId, role: 'member', joinedAt, readSeq: 0 };
  await putAll([
    ...others.map((userId) => put({ ...keys.membership(userId, chatId), userId, ...membership })),
    ...others.map((id) => put({ ...keys.user(id), id, name: 'Somebody', createdAt: joinedAt, sessionGeneration: 0 })),
    put({ ...keys.roster(chatId), participantIds: new Set([anna.id, member.id, ...others]) }),
  ]);
  return { anna, member, groupId: chatId };
}

/** All pages of an endpoint with a cursor. */
async function readAll(endpoint: Endpoint, person: Person, input: { params?: Record<string, string> } = {}) {
  const pages: Json[] = [];
  do {
    const cursor = pages.at(-1)?.cursor;
    pages.push((await call(endpoint, person, { ...input, ...(cursor && { query: { cursor } }) })).body);
  } while (pages.at(-1)?.cursor);
  return pages;
}

type Cost = Awaited<ReturnType<typeof countUnits>>;

/** Ten times the size may cost ten times as much, and a fixed part that is there at any size. */
function expectLinear(costs: Cost[]): void {
  const [small, medium, large] = costs as [Cost, Cost, Cost];
  for (const what of ['operations', 'units'] as const) {
    const steepness = [medium[what] / small[what], large[what] / medium[what]];
    expect(Math.max(...steepness), `${what} for ${sizes.join(', ')}: ${costs.map((cost) => cost[what])}`).toBeLessThan(
      11,
    );
  }
}

const chatActions: [string, (anna: Person) => Promise<unknown>][] = [
  ['listing them', (anna) => call(listChats, anna)],
  ['listing a page of them', (anna) => call(listChats, anna, { query: { limit: '20' } })],
  ['exporting everything', (anna) => readAll(exportMe, anna)],
  ['deleting the account', (anna) => call(deleteMe, anna, { body: { password } })],
];

const sessionActions: [string, (anna: Person) => Promise<unknown>][] = [
  ['listing them', (anna) => call(listSessions, anna)],
  ['logging in', ({ email }) => call(login, undefined, { body: { email, password } })],
  ['logging out everywhere', (anna) => call(logout, anna, { body: { everywhere: true } })],
  [
    'changing the password',
    (anna) => call(changePassword, anna, { body: { currentPassword: password, newPassword: 'battery staple' } }),
  ],
];

const params = ({ groupId }: Group) => ({ params: { groupId, chatId: groupId } });

const groupActions: [string, (group: Group) => Promise<unknown>][] = [
  ['reading the group', (group) => readAll(getGroup, group.anna, params(group))],
  ['reading the read marks', (group) => readAll(listReads, group.anna, params(group))],
  ['reading messages', (group) => call(listMessages, group.anna, params(group))],
  ['sending a message', (group) => call(sendMessage, group.anna, { ...params(group), body: { content: 'hi' } })],
  ['listing chats', ({ anna }) => call(listChats, anna)],
  [
    'removing a member',
    ({ anna, member, groupId }) => call(removeMember, anna, { params: { groupId, userId: member.id } }),
  ],
  ['the owner leaving', ({ anna, groupId }) => call(removeMember, anna, { params: { groupId, userId: anna.id } })],
];

describe('no action grows faster than', () => {
  test.each(chatActions)('the number of chats: %s', { timeout: 300_000 }, async (_name, action) => {
    const costs: Cost[] = [];
    for (const size of sizes) {
      const anna = await inChats(size);
      costs.push(await countUnits(() => action(anna)));
    }
    expectLinear(costs);
  });

  test.each(sessionActions)('the number of sessions: %s', { timeout: 60_000 }, async (_name, action) => {
    const costs: Cost[] = [];
    for (const size of sizes) {
      const anna = await withSessions(size);
      // The first login ends those above a hundred.
      await call(login, undefined, { body: { email: anna.email, password } });
      costs.push(await countUnits(() => action(anna)));
    }
    expectLinear(costs);
  });

  test.each(groupActions)('the number of participants: %s', { timeout: 60_000 }, async (_name, action) => {
    const costs: Cost[] = [];
    for (const size of sizes) {
      const group = await withParticipants(size);
      costs.push(await countUnits(() => action(group)));
    }
    expectLinear(costs);
  });

  test('the number of participants: adding one', async () => {
    const costs: Cost[] = [];
    for (const size of sizes) {
      const { anna, groupId } = await withParticipants(size === 1000 ? 999 : size);
      const vera = await newPerson();
      const add = () => call(addMembers, anna, { params: { groupId }, body: { userIds: [vera.id] } });
      costs.push(await countUnits(async () => expect((await add()).status).toBe(200)));
    }
    expectLinear(costs);
  });
});

test('the pages of a large group have each participant once', async () => {
  const group = await withParticipants(450);
  const [groups, reads] = [
    await readAll(getGroup, group.anna, params(group)),
    await readAll(listReads, group.anna, params(group)),
  ];
  const members = groups.flatMap((page) => page.group.members).map(({ userId }: Json) => userId);
  expect(groups.map((page) => page.group.members.length)).toEqual([200, 200, 50]);
  expect(members.toSorted()).toEqual(groups[0]?.group.participantIds);
  const readers = reads.flatMap((page) => page.reads).map(({ userId }: Json) => userId);
  expect(readers.toSorted()).toEqual(members.toSorted());
});

test('large pages are read 60 times a minute', async () => {
  const [group, anna] = [await withParticipants(60), await inChats(101)];
  const { id: fat } = await newGroup(anna);
  const message = {
    chatId: fat,
    userId: anna.id,
    type: 'text',
    content: 'x'.repeat(4000),
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  await putAll(Array.from({ length: 30 }, (_, n) => put({ ...keys.message(fat, n + 2), ...message, seq: n + 2 })));
  const cases: [Endpoint, Person, Record<string, string>, Record<string, string>][] = [
    [getGroup, group.anna, params(group).params, { limit: '50' }],
    [listReads, group.anna, params(group).params, { limit: '50' }],
    [listMessages, anna, { chatId: fat }, { limit: '20' }],
  ];
  for (const [endpoint, person, path, small] of cases) {
    await addUse(`${endpoint.name}:large page:60`, person.id, 59, 60);
    expect((await call(endpoint, person, { params: path })).status).toBe(200);
    expect(await call(endpoint, person, { params: path })).toMatchObject({ status: 429 });
    expect((await call(endpoint, person, { params: path, query: small })).status).toBe(200);
  }
  await addUse('chats/list-chats:large page:60', anna.id, 59, 60);
  expect((await call(listChats, anna)).status).toBe(200);
  expect(await call(listChats, anna)).toMatchObject({ status: 429 });
  expect((await call(listChats, group.anna)).status).toBe(200);
});
