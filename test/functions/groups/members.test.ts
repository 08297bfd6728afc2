import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { getChats } from '#shared/data/chats/chats.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { interceptNext, throttleNext } from '../../support/intercept-next.ts';
import { connect, connectionsIn, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { family, join, promote, read, tooLow } from './family.ts';

const remove = (actor: Person, groupId: string, member: Person) =>
  call(removeMember, actor, { params: { groupId, userId: member.id } });

const add = (actor: Person, groupId: string, ...people: { id: string }[]) =>
  call(addMembers, actor, { params: { groupId }, body: { userIds: people.map(({ id }) => id) } });

const roles = async (person: Person, groupId: string): Promise<Record<string, string>> =>
  Object.fromEntries((await read(person, groupId)).body.group.members.map((m: Json) => [m.name, m.role]));

const lastMessage = async (person: Person, chatId: string): Promise<Json> =>
  (await call(listMessages, person, { params: { chatId } })).body.messages.at(-1);

describe('reading a group', () => {
  test('shows its members with their roles', async () => {
    const { anna, id, inviteCode } = await family();
    const { status, body } = await read(anna, id);
    expect(status).toBe(200);
    expect(body.group).toMatchObject({ id, name: 'Weekend', type: 'group', inviteCode });
    expect(await roles(anna, id)).toEqual({ Anna: 'owner', Boris: 'admin', Vera: 'member', Gleb: 'member' });
  });
});

describe('renaming a group', () => {
  test('requires an admin and delivers a system message', async () => {
    const { boris, vera, id } = await family();
    const socket = await connect(vera, id);
    const rename = (person: Person) => call(renameGroup, person, { params: { groupId: id }, body: { name: ' Lake ' } });
    expect(await rename(vera)).toMatchObject(tooLow);
    expect((await rename(boris)).body.group.name).toBe('Lake');
    expect(standIn.received(socket)).toMatchObject([
      {
        content: '\u2068Boris\u2069 renamed the group to “\u2068Lake\u2069”',
        metadata: { event: 'renamed', name: 'Lake' },
      },
    ]);
    expect((await call(listChats, vera)).body.chats[0].name).toBe('Lake');
  });

  test('to the name that it has makes no message and takes no number', async () => {
    const { boris, vera, id } = await family();
    const socket = await connect(vera, id);
    const rename = (person: Person, name: string) =>
      call(renameGroup, person, { params: { groupId: id }, body: { name } });
    const before = (await read(boris, id)).body.group;
    const { members: _members, ...group } = before;
    const { lastSeq } = (await call(listChats, vera)).body.chats[0];
    expect(await rename(boris, ' Weekend ')).toMatchObject({ status: 200, body: { group } });
    expect(await rename(vera, 'Weekend')).toMatchObject(tooLow);
    expect(standIn.received(socket)).toEqual([]);
    expect((await read(boris, id)).body.group).toEqual(before);
    await rename(boris, 'Lake');
    expect((await call(listChats, vera)).body.chats[0].lastSeq).toBe(lastSeq + 1);
  });

  test('changes nothing when its system message cannot be composed', async () => {
    const { boris, id } = await family();
    const rename = (name: string) => call(renameGroup, boris, { params: { groupId: id }, body: { name } });
    // Expires the cached names, so that they are read again.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    // The first one reads the group.
    interceptNext('BatchGetItem', (_input, read) => {
      throttleNext('BatchGetItem');
      return read();
    });
    expect((await rename('Lake')).status).toBe(503);
    vi.useRealTimers();
    expect((await read(boris, id)).body.group.name).toBe('Weekend');
    expect((await rename('Hills')).body.group.name).toBe('Hills');
  });
});

describe('adding members', () => {
  test('requires an admin and leaves existing members as they are', async () => {
    const { boris, vera, id } = await family();
    const [dasha, egor] = await Promise.all([newPerson('Dasha'), newPerson('Egor')]);
    expect(await add(vera, id, dasha)).toMatchObject(tooLow);
    const { body } = await add(boris, id, dasha, vera, egor, dasha);
    expect(body.group.participantIds).toHaveLength(6);
    expect(await lastMessage(dasha, id)).toMatchObject({
      content: '\u2068Boris\u2069 added \u2068Dasha\u2069, \u2068Egor\u2069',
      metadata: { event: 'added', memberIds: [dasha.id, egor.id] },
    });
    expect((await call(listChats, egor)).body.chats[0]).toMatchObject({ id, unreadCount: 1 });
    expect((await add(boris, id, dasha)).status).toBe(200);
  });

  test('rejects unknown users and adds nobody', async () => {
    const { anna, id } = await family();
    const dasha = await newPerson();
    const answer = await add(anna, id, dasha, { id: randomUUID() });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'unknown_participants', errors: [{ path: 'userIds.1', rule: 'unknown_participants' }] },
    });
    expect((await call(listChats, dasha)).body.chats).toEqual([]);
  });
});

describe('removing a member', () => {
  test('requires a higher role, ends the member’s access and closes their sockets of this chat within the request', async () => {
    const { anna, boris, vera, gleb, id } = await family();
    const other = await newGroup(vera);
    const [here, elsewhere] = [await connect(vera, id), await connect(vera, other.id)];
    expect(await remove(gleb, id, vera)).toMatchObject(tooLow);
    expect(await remove(vera, id, anna)).toMatchObject(tooLow);
    expect(await remove(boris, id, anna)).toMatchObject(tooLow);
    expect((await remove(boris, id, vera)).status).toBe(200);
    expect([standIn.closed(here), standIn.closed(elsewhere)]).toEqual([true, false]);
    expect(await connectionsIn(id)).toEqual([]);
    expect(await call(listMessages, vera, { params: { chatId: id } })).toMatchObject({ status: 403 });
    await expect(connect(vera, id)).rejects.toThrow('403');
    expect(await lastMessage(gleb, id)).toMatchObject({ content: '\u2068Boris\u2069 removed \u2068Vera\u2069' });
    expect(await remove(boris, id, vera)).toMatchObject({ status: 404, body: { code: 'member_not_found' } });
  });

  test('is refused for a role that is not lower: an admin removes neither an admin nor the owner', async () => {
    const { anna, boris, vera, id } = await family();
    await promote(anna, id, vera, 'admin');
    expect(await remove(boris, id, vera)).toMatchObject(tooLow);
    expect(await remove(boris, id, anna)).toMatchObject(tooLow);
    expect(await roles(anna, id)).toMatchObject({ Anna: 'owner', Boris: 'admin', Vera: 'admin' });
  });

  test('leaves no socket to a member who connects at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { anna, vera, id } = await family();
      await Promise.all([remove(anna, id, vera), connect(vera, id).catch(() => {})]);
      expect(await connectionsIn(id)).toEqual([]);
    }
  });

  test('sends one system message for two simultaneous requests', async () => {
    const { anna, boris, gleb, vera, id } = await family();
    await Promise.all([remove(anna, id, vera), remove(boris, id, vera)]);
    const { body } = await call(listMessages, gleb, { params: { chatId: id } });
    expect(body.messages.filter((m: Json) => m.metadata?.event === 'removed')).toHaveLength(1);
  });
});

describe('leaving a group', () => {
  test('passes ownership to an admin, or else to the member who joined first', async () => {
    const { anna, boris, vera, gleb, id } = await family();
    expect((await remove(anna, id, anna)).status).toBe(200);
    expect(await roles(gleb, id)).toEqual({ Boris: 'owner', Vera: 'member', Gleb: 'member' });
    expect(await lastMessage(gleb, id)).toMatchObject({
      content: '\u2068Anna\u2069 left; \u2068Boris\u2069 owns the group now',
    });
    await remove(vera, id, vera);
    expect(await lastMessage(gleb, id)).toMatchObject({ content: '\u2068Vera\u2069 left' });
    await remove(boris, id, boris);
    expect(await roles(gleb, id)).toEqual({ Gleb: 'owner' });
  });

  test('passes ownership to an admin rather than to a member who joined earlier', async () => {
    const { anna, boris, vera, id, inviteCode } = await family();
    const dasha = await newPerson('Dasha');
    await join(dasha, inviteCode);
    await promote(anna, id, boris, 'member');
    await promote(anna, id, dasha, 'admin');
    await remove(anna, id, anna);
    expect(await roles(vera, id)).toEqual({ Boris: 'member', Dasha: 'owner', Gleb: 'member', Vera: 'member' });
  });

  test('passes ownership to the lowest id of those who were added at once', async () => {
    for (let times = 0; times < 3; times++) {
      const [owner, ...others] = await Promise.all(Array.from({ length: 5 }, () => newPerson()));
      const { id } = await newGroup(owner as Person, ...others);
      await remove(owner as Person, id, owner as Person);
      const next = others.map((other) => other.id).sort()[0];
      const { group } = (await read(others[0] as Person, id)).body;
      expect(group.members.find(({ role }: Json) => role === 'owner')?.userId).toBe(next);
    }
  });

  test('deletes the group and its invite code when the last member leaves', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id, inviteCode } = await newGroup(anna);
    await remove(anna, id, anna);
    expect(await getChats([id])).toEqual([]);
    expect(await join(boris, inviteCode)).toMatchObject({ status: 404 });
    expect((await call(listChats, anna)).body.chats).toEqual([]);
  });

  test('never leaves a group without an owner, and deletes it when everyone leaves at once', async () => {
    const { anna, boris, vera, gleb, id } = await family();
    await Promise.all([anna, boris].map((person) => remove(person, id, person)));
    expect(Object.values(await roles(vera, id))).toContain('owner');
    await Promise.all([vera, gleb].map((person) => remove(person, id, person)));
    expect(await getChats([id])).toEqual([]);
  });
});

describe('roles', () => {
  test('can be changed only by the owner', async () => {
    const { anna, boris, vera, gleb, id } = await family();
    expect(await promote(boris, id, vera, 'admin')).toMatchObject(tooLow);
    expect((await promote(anna, id, vera, 'admin')).status).toBe(200);
    expect(await lastMessage(gleb, id)).toMatchObject({
      content: '\u2068Anna\u2069 made \u2068Vera\u2069 an admin',
      metadata: { event: 'role_changed', memberIds: [vera.id], role: 'admin' },
    });
    await promote(anna, id, vera, 'member');
    expect(await roles(anna, id)).toMatchObject({ Vera: 'member' });
    expect(await promote(anna, id, anna, 'member')).toMatchObject({ body: { code: 'not_yourself' } });
  });

  test('include exactly one owner when ownership is passed to two members at once', async () => {
    const { anna, boris, vera, gleb, id } = await family();
    await Promise.all([promote(anna, id, boris, 'owner'), promote(anna, id, vera, 'owner')]);
    const now = await roles(gleb, id);
    expect(Object.values(now).filter((role) => role === 'owner')).toHaveLength(1);
    expect(now.Anna).toBe('admin');
  });
});
