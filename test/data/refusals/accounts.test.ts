import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { openSession } from '#shared/accounts/open-session.ts';
import {
  deleteGoogleLinkIf,
  getGoogleLink,
  renewGoogleLink,
  storeGoogleLink,
} from '#shared/data/accounts/google-links.ts';
import { consumeOneTimeCode, storeOneTimeCode, tryOneTimeCode } from '#shared/data/accounts/one-time-codes.ts';
import { endAllSessions, getLiveSession, useSession } from '#shared/data/accounts/sessions.ts';
import {
  createUser,
  eraseProfile,
  getUser,
  linkLogin,
  setPassword,
  storeSession,
  type User,
  updateUser,
} from '#shared/data/accounts/users.ts';
import { db } from '#shared/data/client.ts';
import { addConnection } from '#shared/data/connections/connections.ts';
import { keys } from '#shared/data/keys.ts';
import { newPerson, type Person } from '../../support/people.ts';
import { alone, seconds } from './scene.ts';

/** Conditions of writes to accounts: what another request may have changed since this one has read it. */

const socketIn = (chatId: string) => ({ connectionId: `${randomUUID()}=`, chatId });

const sessionOf = ({ id, sessionId }: Person) => ({ ...aSession, id: sessionId, userId: id });

const aSession = { device: 'x', createdAt: '', lastUsedAt: '', rotation: 0, expiresAt: 0, generation: 0 };

describe('a session', () => {
  const expire = ({ id, sessionId }: Person) =>
    db.send(
      new UpdateCommand({
        TableName: process.env.CHAT_TABLE,
        Key: keys.session(id, sessionId),
        UpdateExpression: 'SET expiresAt = :then',
        ExpressionAttributeValues: { ':then': seconds() - 1 },
      }),
    );

  test('accepts the last two refresh tokens, not an older one', async () => {
    const { id: userId, sessionId } = await newPerson();
    const use = (rotation: number, until?: number) => useSession({ userId, sessionId, rotation }, until);
    const until = seconds() + 60;
    expect(await use(0, until)).toBe(1);
    expect(await use(0, until)).toBe(1);
    expect(await use(1, until)).toBe(2);
    expect(await use(0)).toBe('reused');
  });

  test('is not refreshed after it has expired', async () => {
    const anna = await newPerson();
    await expire(anna);
    const token = { userId: anna.id, sessionId: anna.sessionId, rotation: 0 };
    expect(await useSession(token)).toBe('ended');
    expect(await useSession(token, seconds() + 60)).toBe('ended');
  });

  test('opens no socket after it has expired', async () => {
    const { anna, id: chatId } = await alone();
    await expire(anna);
    expect(await addConnection(socketIn(chatId), sessionOf(anna), 1)).toBe('session ended');
  });

  test('opens no socket after a newer generation has begun, or while its account is deleted', async () => {
    const { anna, id: chatId } = await alone();
    expect(await addConnection(socketIn(chatId), sessionOf(anna), 1)).toBeUndefined();
    await updateUser(anna.id, { deletion: { sessionId: anna.sessionId, holdsUntil: Date.now() + 60_000 } });
    expect(await addConnection(socketIn(chatId), sessionOf(anna), 1)).toBe('session ended');
    await updateUser(anna.id, { deletion: { sessionId: anna.sessionId, holdsUntil: Date.now() - 1 } });
    expect(await addConnection(socketIn(chatId), sessionOf(anna), 1)).toBeUndefined();
    await endAllSessions(anna.id);
    expect(await addConnection(socketIn(chatId), sessionOf(anna), 1)).toBe('session ended');
  });

  test('stays live when its user sets a password between the read of the session and that of the profile', async () => {
    const anna = await newPerson();
    const user = (await getUser(anna.id)) as User;
    const sessionIsRead = Promise.withResolvers<void>();
    db.middlewareStack.add(
      (next) => async (args) => {
        const { sk = '' } = (args.input as { Key?: { sk: string } }).Key ?? {};
        if (sk === 'PROFILE') {
          db.middlewareStack.remove('meanwhile');
          await sessionIsRead.promise;
          await setPassword(user, 'first', anna.sessionId);
        }
        const result = await next(args);
        if (sk.startsWith('SESSION#')) sessionIsRead.resolve();
        return result;
      },
      { step: 'initialize', name: 'meanwhile' },
    );
    expect(await getLiveSession(anna.id, anna.sessionId)).toMatchObject({ generation: 1 });
  });

  test('that has ended is not raised by a new password', async () => {
    const anna = await newPerson();
    const before = (await getUser(anna.id)) as User;
    expect(await setPassword(before, 'first', randomUUID())).toBe('changed');
    await setPassword(before, 'first', anna.sessionId);
    const { passwordHash: _, ...now } = (await getUser(anna.id)) as User;
    const session = { id: anna.sessionId, generation: 7 };
    await db.send(
      new UpdateCommand({
        TableName: process.env.CHAT_TABLE,
        Key: keys.session(anna.id, session.id),
        UpdateExpression: 'SET generation = :other',
        ExpressionAttributeValues: { ':other': session.generation },
      }),
    );
    expect(await setPassword({ ...now, passwordHash: 'first' }, 'second', session.id)).toBe('changed');
  });

  test('is not ended for a user who is gone: no profile appears', async () => {
    const id = randomUUID();
    await endAllSessions(id);
    expect(await getUser(id)).toBeUndefined();
  });
});

describe('a profile', () => {
  const profileOf = async ({ id }: Person) => (await getUser(id)) as User;

  test('takes no email that another one has', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { session } = await openSession({ id: randomUUID() });
    expect(await createUser({ ...(await profileOf(anna)), id: session.userId }, session)).toBe('login taken');
    expect(await linkLogin(await profileOf(boris), { kind: 'email', name: anna.email })).toBe('taken');
    expect(await linkLogin(await profileOf(anna), { kind: 'email', name: anna.email })).toBeUndefined();
  });

  test('keeps an email that was set meanwhile', async () => {
    const anna = await newPerson();
    const before = await profileOf(anna);
    const link = () => linkLogin(before, { kind: 'email', name: `${randomUUID()}@example.com` });
    expect(await link()).toBeUndefined();
    expect(await link()).toBe('changed');
    expect(await eraseProfile(before)).toBe('changed');
  });

  test('keeps a phone that was set meanwhile, where there was none', async () => {
    const anna = await newPerson();
    const before = await profileOf(anna);
    const link = () => linkLogin(before, { kind: 'phone', name: randomUUID() });
    expect(await link()).toBeUndefined();
    expect(await link()).toBe('changed');
    expect(await eraseProfile(before)).toBe('changed');
  });

  test('keeps a password that was set meanwhile, and opens no session for the old one', async () => {
    const anna = await newPerson();
    const before = await profileOf(anna);
    const { session } = await openSession({ id: anna.id, sessionGeneration: 0 });
    expect(await setPassword(before, 'first', anna.sessionId)).toBeUndefined();
    expect(await setPassword(before, 'second', anna.sessionId)).toBe('changed');
    expect(await storeSession(session, { passwordHash: before.passwordHash })).toBe('profile changed');
    expect((await profileOf(anna)).passwordHash).toBe('first');
  });

  test('is not made by a change of a user who is gone', async () => {
    const id = randomUUID();
    expect(await updateUser(id, { name: 'Ghost' })).toBeUndefined();
    expect(await getUser(id)).toBeUndefined();
    const { session } = await openSession({ id });
    expect(await storeSession(session, {})).toBe('profile changed');
  });
});

describe('a Google link', () => {
  test('is not stored for a session that has ended', async () => {
    const { id } = await newPerson();
    expect(await storeGoogleLink(id, randomUUID(), 'sealed')).toBe('session ended');
    expect(await getGoogleLink(id)).toBeUndefined();
  });

  test('is renewed only if it is still the one that was read', async () => {
    const { id, sessionId } = await newPerson();
    await storeGoogleLink(id, sessionId, 'second');
    await renewGoogleLink(id, { sealedTokens: 'first' }, 'third');
    expect(await getGoogleLink(id)).toMatchObject({ sealedTokens: 'second' });
  });

  test('is replaced or deleted only if it is still the one that was read', async () => {
    const { id, sessionId } = await newPerson();
    await storeGoogleLink(id, sessionId, 'second');
    expect(await storeGoogleLink(id, sessionId, 'third')).toBe('replaced meanwhile');
    expect(await storeGoogleLink(id, sessionId, 'third', { sealedTokens: 'first' })).toBe('replaced meanwhile');
    await deleteGoogleLinkIf(id, { sealedTokens: 'first' });
    expect(await getGoogleLink(id)).toMatchObject({ sealedTokens: 'second' });
    await deleteGoogleLinkIf(id, { sealedTokens: 'second' });
    expect(await getGoogleLink(id)).toBeUndefined();
  });
});

describe('a one-time code', () => {
  test('has five tries', async () => {
    const phone = randomUUID();
    await storeOneTimeCode(phone, 'digest', seconds() + 60);
    for (let n = 0; n < 5; n++) expect(await tryOneTimeCode(phone, false)).toBe('digest');
    expect(await tryOneTimeCode(phone, false)).toBeUndefined();
    // Known networks have tries of their own.
    for (let n = 0; n < 5; n++) expect(await tryOneTimeCode(phone, true)).toBe('digest');
    expect(await tryOneTimeCode(phone, true)).toBeUndefined();
  });

  test('has no try after it has expired', async () => {
    const phone = randomUUID();
    await storeOneTimeCode(phone, 'digest', seconds() - 1);
    expect(await tryOneTimeCode(phone, false)).toBeUndefined();
  });

  test('is used once, and not if a newer one has replaced it', async () => {
    const phone = randomUUID();
    await storeOneTimeCode(phone, 'new', seconds() + 60);
    expect(await consumeOneTimeCode(phone, 'old')).toBe('used or replaced');
    expect(await consumeOneTimeCode(phone, 'new')).toBeUndefined();
    expect(await consumeOneTimeCode(phone, 'new')).toBe('used or replaced');
  });
});
