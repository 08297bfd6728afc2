import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { eraseAccount } from '#shared/accounts/erase.ts';
import { login } from '#shared/contract/auth/login.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { exportMe } from '#shared/contract/users/export-me.ts';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { linkEmail } from '#shared/contract/users/link-email.ts';
import { linkPhone } from '#shared/contract/users/link-phone.ts';
import { listBlocks } from '#shared/contract/users/list-blocks.ts';
import { updateMe } from '#shared/contract/users/update-me.ts';
import { db } from '#shared/data/client.ts';
import { storeGoogleLink } from '#shared/data/google-links.ts';
import { listMemberships } from '#shared/data/memberships.ts';
import { storeMessage } from '#shared/data/messages.ts';
import { queryItems } from '#shared/data/table.ts';
import { findUserByLogin } from '#shared/data/users.ts';
import { seal } from '#shared/google/vault.ts';
import type { Json } from '../support/api-client.ts';
import { call } from '../support/call.ts';
import { throttleNext } from '../support/intercept-next.ts';
import {
  connect,
  newDirect,
  newGroup,
  newPerson,
  newPhone,
  newPhonePerson,
  type Person,
  password,
} from '../support/people.ts';
import { aws } from '../support/stand-ins/aws.ts';
import { standIn } from '../support/stand-ins/connections.ts';

async function codeFor(phone: string): Promise<string> {
  await call(sendCode, undefined, { body: { phone } });
  return aws.codeTo(phone);
}

const history = async (person: { token: string }, chatId: string): Promise<Json[]> =>
  (await call(listMessages, person, { params: { chatId } })).body.messages;

describe('the profile', () => {
  test('shows id, email and name, and the name can be changed', async () => {
    const anna = await newPerson('Anna');
    expect((await call(getMe, anna)).body).toEqual({ user: { id: anna.id, email: anna.email, name: 'Anna' } });
    const { body } = await call(updateMe, anna, { body: { name: ' Anna K. ' } });
    expect(body).toEqual({ user: { id: anna.id, email: anna.email, name: 'Anna K.' } });
    expect((await call(getMe, anna)).body).toEqual(body);
  });
});

describe('what nobody asked for', () => {
  test('takes the name from the request and ignores every other field', async () => {
    const anna = await newPerson('Anna');
    const more = { id: 'x', email: 'other@example.com', passwordHash: 'x', role: 'owner', phone: '+79991234567' };
    await call(updateMe, anna, { body: { name: 'Anna K.', ...more } });
    expect((await call(getMe, anna)).body.user).toEqual({ id: anna.id, email: anna.email, name: 'Anna K.' });
    expect((await call(login, undefined, { body: { email: anna.email, password } })).status).toBe(200);
  });
});

describe('linking a phone', () => {
  test('requires a one-time code and the account’s password', async () => {
    const anna = await newPerson();
    const phone = newPhone();
    const code = await codeFor(phone);
    expect(await call(linkPhone, anna, { body: { phone, code } })).toMatchObject({
      status: 422,
      body: { code: 'proof_missing' },
    });
    expect(await call(linkPhone, anna, { body: { phone, code, password: 'wrong horse' } })).toMatchObject({
      status: 401,
      body: { code: 'wrong_credentials' },
    });
    const { body } = await call(linkPhone, anna, { body: { phone, code, password } });
    expect(body.user).toEqual({ id: anna.id, email: anna.email, name: 'Anna', phone });
    expect((await call(getMe, anna)).body).toEqual(body);
  });

  test('rejects a phone of another account, and a wrong one-time code', async () => {
    const [anna, phone] = [await newPerson(), newPhone()];
    await newPhonePerson(phone);
    const code = await codeFor(phone);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await call(linkPhone, anna, { body: { phone, code: wrong, password } })).toMatchObject({
      body: { code: 'wrong_code' },
    });
    expect(await call(linkPhone, anna, { body: { phone, code, password } })).toMatchObject({
      status: 409,
      body: { code: 'phone_taken' },
    });
    expect((await call(getMe, anna)).body.user.phone).toBeUndefined();
  });

  test('replaces and frees the old phone; without a password it requires a one-time code sent to the old phone', async () => {
    const [old, next] = [newPhone(), newPhone()];
    const anna = await newPhonePerson(old);
    const code = await codeFor(next);
    expect(await call(linkPhone, anna, { body: { phone: next, code } })).toMatchObject({
      body: { code: 'proof_missing' },
    });
    const currentCode = await codeFor(old);
    expect((await call(linkPhone, anna, { body: { phone: next, code, currentCode } })).body.user.phone).toBe(next);
    const boris = await newPerson();
    const found = await call(findUsers, boris, { body: { phones: [old, next] } });
    expect(found.body.users).toEqual([{ id: anna.id, name: 'Phone', phone: next }]);
  });
});

describe('linking an email', () => {
  test('requires a one-time code from an account with a phone, and sets its password', async () => {
    const phone = newPhone();
    const anna = await newPhonePerson(phone);
    const email = `${randomUUID()}@example.com`;
    const link = (body: object) => call(linkEmail, anna, { body: { email, password: 'battery staple', ...body } });
    expect(await link({})).toMatchObject({ status: 422, body: { code: 'proof_missing' } });
    const code = await codeFor(phone);
    expect(await link({ code, password: 'password1' })).toMatchObject({ body: { code: 'password_too_common' } });
    expect((await link({ code })).body.user).toMatchObject({ id: anna.id, email, phone });
    const loggedIn = await call(login, undefined, { body: { email, password: 'battery staple' } });
    expect(loggedIn.body.user.id).toBe(anna.id);
  });

  test('requires the password to replace an email, and frees the old one', async () => {
    const anna = await newPerson();
    const email = `${randomUUID()}@example.com`;
    expect(await call(linkEmail, anna, { body: { email, password: 'wrong horse' } })).toMatchObject({ status: 401 });
    expect((await call(linkEmail, anna, { body: { email, password } })).body.user.email).toBe(email);
    expect((await call(login, undefined, { body: { email, password } })).status).toBe(200);
    expect((await call(login, undefined, { body: { email: anna.email, password } })).status).toBe(401);
  });

  test('rejects an email of another account, and links a free one once for two simultaneous requests', async () => {
    const [anna, boris, vera] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const taken = await call(linkEmail, anna, { body: { email: boris.email, password } });
    expect(taken).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    const email = `${randomUUID()}@example.com`;
    const answers = await Promise.all(
      [anna, vera].map((person) => call(linkEmail, person, { body: { email, password } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('keeps one of two emails linked at once, and frees the other', async () => {
    const anna = await newPerson();
    const emails = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`];
    await Promise.all(emails.map((email) => call(linkEmail, anna, { body: { email, password } })));
    const { body } = await call(findUsers, await newPerson(), { body: { emails: [...emails, anna.email] } });
    const mine = (await call(getMe, anna)).body.user.email;
    expect(body.users).toEqual([{ id: anna.id, name: 'Anna', email: mine }]);
  });
});

describe('looking up users', () => {
  test('finds the users with these emails and phones, and nobody else', async () => {
    const phone = newPhone();
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris', { phone })]);
    const { body } = await call(findUsers, anna, {
      body: { emails: [boris.email.toUpperCase(), `${randomUUID()}@example.com`], phones: [phone, newPhone()] },
    });
    expect(body.users).toEqual([
      { id: boris.id, name: 'Boris', email: boris.email },
      { id: boris.id, name: 'Boris', phone },
    ]);
  });

  test('accepts fifty entries at once and forty requests an hour', async () => {
    const anna = await newPerson();
    const emails = Array.from({ length: 50 }, () => `${randomUUID()}@example.com`);
    expect((await call(findUsers, anna, { body: { emails } })).status).toBe(200);
    expect(await call(findUsers, anna, { body: { emails, phones: [newPhone()] } })).toMatchObject({ status: 400 });
    for (let n = 0; n < 39; n++) await call(findUsers, anna, { body: {} });
    expect((await call(findUsers, anna, { body: {} })).status).toBe(429);
  });
});

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
      await eraseAccount(person.id);
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
    await expect(eraseAccount(anna.id)).rejects.toThrow('slow down');
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
      await eraseAccount(anna.id);
      expect(await itemsOf(anna)).toEqual([]);
    }
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

describe('exporting the account', () => {
  /** Lambda returns the body as a string inside JSON, which may have 6 MB in all. */
  function expectToFit(page: Json): void {
    expect(Buffer.byteLength(JSON.stringify(JSON.stringify(page)))).toBeLessThan(6_000_000);
  }

  async function exportAll(person: Person): Promise<{ first: Json; messages: Json[] }> {
    const { body: first } = await call(exportMe, person);
    const messages = [...first.messages];
    expectToFit(first);
    for (let page = first; page.cursor; ) {
      page = (await call(exportMe, person, { query: { cursor: page.cursor } })).body;
      messages.push(...page.messages);
      expect(page.user).toBeUndefined();
      expectToFit(page);
    }
    return { first, messages };
  }

  test('returns everything about the user, from former chats too, and nothing written by others', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    const [here, gone] = await Promise.all([newGroup(anna, boris), newGroup(boris, anna)]);
    for (const { id: chatId } of [here, gone]) {
      await call(sendMessage, anna, { params: { chatId }, body: { content: `mine in ${chatId}` } });
      await call(sendMessage, boris, { params: { chatId }, body: { content: 'his' } });
    }
    await call(blockUser, anna, { params: { userId: boris.id } });
    const { removeMember } = await import('#shared/contract/groups/index.ts');
    await call(removeMember, anna, { params: { groupId: gone.id, userId: anna.id } });

    const { first, messages } = await exportAll(anna);
    expect(first).toMatchObject({
      user: { id: anna.id, email: anna.email, name: 'Anna', createdAt: expect.any(String) },
      sessions: [{ device: 'unknown' }],
      blockedUserIds: [boris.id],
      chats: [{ id: here.id, role: 'owner' }],
      formerChats: [{ id: gone.id, leftAt: expect.any(String) }],
    });
    expect(messages.map(({ content }) => content).sort()).toEqual([here, gone].map(({ id }) => `mine in ${id}`).sort());
    expect(JSON.stringify(first)).not.toContain('passwordHash');
  });

  test('returns pages that fit into a Lambda response, even with the largest messages', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const message = { chatId, userId: anna.id, type: 'text', createdAt: new Date().toISOString() } as const;
    const content = '\u0001'.repeat(4000);
    const numbers = Array.from({ length: 250 }, (_, n) => n + 2);
    for (const seq of numbers) await storeMessage({ ...message, seq, content });
    const { messages } = await exportAll(anna);
    expect(messages.map(({ seq }) => seq)).toEqual(numbers);
  });

  test('rejects a nonsense cursor, and returns nothing from another chat for a forged one', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(boris);
    await call(sendMessage, boris, { params: { chatId }, body: { content: 'his' } });
    expect(await call(exportMe, anna, { query: { cursor: 'nonsense' } })).toMatchObject({ status: 400 });
    const forged = Buffer.from(JSON.stringify({ chatId, after: 0 })).toString('base64url');
    expect((await call(exportMe, anna, { query: { cursor: forged } })).body).toEqual({ messages: [] });
  });
});

describe('listing blocks', () => {
  test('names the blocked users', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson('Boris')]);
    await call(blockUser, anna, { params: { userId: boris.id } });
    const { body } = await call(listBlocks, anna);
    expect(body).toEqual({ users: [{ id: boris.id, name: 'Boris', blockedAt: expect.any(String) }] });
  });
});
