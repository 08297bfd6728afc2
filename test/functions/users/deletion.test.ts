import { describe, expect, test, vi } from 'vitest';
import { eraseAccount } from '#shared/accounts/erase.ts';
import { login } from '#shared/contract/auth/login.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { storeGoogleLink } from '#shared/data/accounts/google-links.ts';
import { findUserByLogin } from '#shared/data/accounts/users.ts';
import { getChats } from '#shared/data/chats/chats.ts';
import { listMemberships } from '#shared/data/chats/memberships.ts';
import { db } from '#shared/data/client.ts';
import { getUse } from '#shared/data/limits.ts';
import { queryItems } from '#shared/data/table.ts';
import { seal } from '#shared/google/vault.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { interceptNext, throttleNext } from '../../support/intercept-next.ts';
import { forgetLastMinute } from '../../support/limits.ts';
import {
  connect,
  newDirect,
  newGroup,
  newPerson,
  newPhone,
  newPhonePerson,
  type Person,
  password,
} from '../../support/people.ts';
import { aws } from '../../support/stand-ins/aws.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { laterBy } from '../auth/logins.ts';

async function codeFor(phone: string): Promise<string> {
  await call(sendCode, undefined, { body: { phone } });
  return aws.codeTo(phone);
}

const history = async (person: { token: string }, chatId: string): Promise<Json[]> =>
  (await call(listMessages, person, { params: { chatId } })).body.messages;

describe('deleting the account', () => {
  const deleteAccount = (person: { token: string }, body: object) => call(deleteMe, person, { body });
  const itemsOf = (person: Person) =>
    queryItems({
      TableName: process.env.CHAT_TABLE,
      KeyConditionExpression: 'pk = :user',
      ExpressionAttributeValues: { ':user': `USER#${person.id}` },
    });

  /** Runs a deletion that fails at its DynamoDB call number `calls`. Returns whether it finished before that call. */
  async function interrupted(person: Person, calls: number): Promise<boolean> {
    let made = 0;
    db.middlewareStack.add(
      (next) => (args) => (++made < calls ? next(args) : Promise.reject(new Error('interrupted'))),
      { step: 'initialize', name: 'interrupt' },
    );
    try {
      await eraseAccount(person.id, person.sessionId);
      return true;
    } catch {
      return false;
    } finally {
      db.middlewareStack.remove('interrupt');
    }
  }

  test('requires the password, or a one-time code if there is none', async () => {
    const anna = await newPerson();
    expect(await deleteAccount(anna, {})).toMatchObject({ status: 422, body: { code: 'proof_missing' } });
    expect(await deleteAccount(anna, { password: 'wrong horse' })).toMatchObject({
      body: { code: 'wrong_credentials' },
    });
    expect((await call(getMe, anna)).status).toBe(200);
    const phone = newPhone();
    const boris = await newPhonePerson(phone);
    expect((await deleteAccount(boris, { code: await codeFor(phone) })).status).toBe(200);
    expect((await call(getMe, boris)).body.code).toBe('session_ended');
  });

  test('finishes its other writes before it fails', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    for (let n = 0; n < 9; n++) await newGroup(boris, anna);
    throttleNext('TransactWriteItems');
    await expect(eraseAccount(anna.id, anna.sessionId)).rejects.toThrow('slow down');
    expect(await listMemberships(anna.id)).toHaveLength(1);
    expect((await deleteAccount(anna, { password })).status).toBe(200);
    expect(await listMemberships(anna.id)).toEqual([]);
  });

  test('leaves every chat with a system message, erases everything but the messages, and closes the sockets', async () => {
    const phone = newPhone();
    const [anna, boris] = await Promise.all([newPerson('Anna', { phone }), newPerson('Boris')]);
    const { id: chatId } = await newGroup(anna, boris);
    const directId = await newDirect(anna, boris);
    await call(blockUser, anna, { params: { userId: (await newPerson()).id } });
    for (const id of [chatId, directId]) {
      await call(sendMessage, anna, { params: { chatId: id }, body: { content: 'I was here' } });
    }
    const [annas, borises] = await Promise.all([connect(anna, chatId), connect(boris, chatId)]);

    expect((await deleteAccount(anna, { password })).status).toBe(200);

    const messages = await history(boris, chatId);
    expect(messages.at(-2)).toMatchObject({ userId: anna.id, content: 'I was here' });
    expect(messages.at(-1)).toMatchObject({ type: 'system', metadata: { event: 'left', memberIds: [boris.id] } });
    expect(standIn.received(borises).at(-1)).toMatchObject({ metadata: { event: 'left' } });
    expect(standIn.closed(annas)).toBe(true);
    const { body } = await call(getGroup, boris, { params: { groupId: chatId } });
    expect(body.group.members).toEqual([expect.objectContaining({ userId: boris.id, role: 'owner' })]);
    const { chats } = (await call(listChats, boris)).body;
    expect(chats.find(({ id }: Json) => id === directId)).toMatchObject({ name: 'Deleted user', type: 'direct' });

    expect(await itemsOf(anna)).toEqual([]);
    const found = await call(findUsers, boris, { body: { emails: [anna.email], phones: [phone] } });
    expect(found.body.users).toEqual([]);
    expect((await call(login, undefined, { body: { email: anna.email, password } })).status).toBe(401);
  });

  test('can be retried wherever it was interrupted, until nothing is left', async () => {
    const boris = await newPerson('Boris');
    for (let calls = 1, done = false; !done; calls++) {
      const anna = await newPerson('Anna');
      const tokens = { accessToken: 'ya29.mine', expiresAt: 0 };
      await Promise.all([
        newGroup(anna, boris),
        call(blockUser, anna, { params: { userId: boris.id } }),
        storeGoogleLink(anna.id, anna.sessionId, await seal(anna.id, tokens)),
      ]);
      done = await interrupted(anna, calls);
      const left = await itemsOf(anna);
      if (left.length > 0)
        expect(await findUserByLogin({ kind: 'email', name: anna.email }), `at call ${calls}`).toBeDefined();
      // A leave that broke off is forgotten after a minute.
      laterBy(61_000);
      await eraseAccount(anna.id, anna.sessionId);
      vi.useRealTimers();
      expect(await itemsOf(anna)).toEqual([]);
    }
  });

  test('says that it is unfinished when time runs out, and goes on without another code, uncounted', async () => {
    const phone = newPhone();
    const [anna, boris] = await Promise.all([newPhonePerson(phone), newPerson('Boris')]);
    for (let n = 0; n < 12; n++) await newGroup(boris, anna as Person);
    const code = await codeFor(phone);
    interceptNext('TransactWriteItems', async (_, go) => {
      laterBy(20_000);
      return go();
    });
    const unfinished = await deleteAccount(anna, { code });
    vi.useRealTimers();
    expect(unfinished).toMatchObject({ status: 503, body: { code: 'deletion_unfinished' } });
    expect(unfinished.headers['retry-after']).toBe('1');
    const left = (await listMemberships(anna.id)).length;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(12);
    // Another session has not proved anything.
    await forgetLastMinute(phone);
    const body = { phone, code: await codeFor(phone) };
    const other = (await call(login, undefined, { body })).body.accessToken;
    expect(await deleteAccount({ token: other }, { code })).toMatchObject({
      status: 401,
      body: { code: 'wrong_code' },
    });
    expect((await deleteAccount(anna, { code })).status).toBe(200);
    expect(await listMemberships(anna.id)).toEqual([]);
  });

  test('counts no wrong guess for a deletion that is killed after the right password', async () => {
    const anna = await newPerson();
    let counted: number | undefined;
    // The first thing that takes long: listing the chats.
    interceptNext('Query', async (_, go) => {
      counted = (await getUse('users/delete-me:user:900', anna.id)).used;
      return go();
    });
    expect((await deleteAccount(anna, { password })).status).toBe(200);
    expect(counted).toBe(0);
  });

  test('leaves a direct chat in which one has blocked the other, for both', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const directId = await newDirect(anna, boris);
    await call(blockUser, anna, { params: { userId: boris.id } });
    for (const person of [anna, boris]) expect((await deleteAccount(person, { password })).status).toBe(200);
    expect(await itemsOf(anna)).toEqual([]);
    expect(await getChats([directId])).toEqual([]);
  });

  test('keeps everybody from adding the user, from its beginning on', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: groupId } = await newGroup(boris);
    interceptNext('Query', async (_, go) => {
      const added = await call(addMembers, boris, { params: { groupId }, body: { userIds: [anna.id] } });
      expect(added).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
      return go();
    });
    expect((await deleteAccount(anna, { password })).status).toBe(200);
    expect((await getChats([groupId]))[0]?.participantIds).toEqual([boris.id]);
  });

  test('can be requested twice at once', async () => {
    const anna = await newPerson();
    await newGroup(anna, await newPerson());
    const answers = await Promise.all([deleteAccount(anna, { password }), deleteAccount(anna, { password })]);
    for (const { status } of answers) expect([200, 401]).toContain(status);
    expect((await call(getMe, anna)).status).toBe(401);
  });

  test('frees the email for a new account, which inherits nothing', async () => {
    const anna = await newPerson('Anna');
    await deleteAccount(anna, { password });
    const next = await newPerson('Next', { email: anna.email });
    expect(next.id).not.toBe(anna.id);
    expect((await call(listChats, next)).body.chats).toEqual([]);
    expect(await call(createGroup, anna, { body: { name: 'Ghosts', participantIds: [] } })).toMatchObject({
      status: 401,
    });
  });
});
