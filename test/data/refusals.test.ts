import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { openSession } from '#shared/accounts/open-session.ts';
import { directIdOf } from '#shared/chats/direct-id.ts';
import { getGoogleLink, renewGoogleLink, storeGoogleLink } from '#shared/data/accounts/google-links.ts';
import { consumeOneTimeCode, storeOneTimeCode, tryOneTimeCode } from '#shared/data/accounts/one-time-codes.ts';
import { useSession } from '#shared/data/accounts/sessions.ts';
import {
  createUser,
  eraseProfile,
  getUser,
  linkLogin,
  renameUser,
  setPassword,
  storeSession,
  type User,
} from '#shared/data/accounts/users.ts';
import { deleteBlock, storeBlock } from '#shared/data/chats/blocks.ts';
import { getChats, storeDirect } from '#shared/data/chats/chats.ts';
import {
  addParticipants,
  changeRole,
  closeChat,
  joinByInvite,
  maxParticipants,
  removeParticipant,
  renameChat,
  storeGroup,
} from '#shared/data/chats/groups.ts';
import { replaceInvite } from '#shared/data/chats/invites.ts';
import { advanceRead, getMembership, type Membership } from '#shared/data/chats/memberships.ts';
import { type StoredMessage, storeMessage, takeNumber } from '#shared/data/chats/messages.ts';
import { db } from '#shared/data/client.ts';
import { addConnection } from '#shared/data/connections/connections.ts';
import { beginPage } from '#shared/data/connections/deliveries.ts';
import { getShards, spread } from '#shared/data/connections/shards.ts';
import { keys } from '#shared/data/keys.ts';
import { addUse, getUse } from '#shared/data/limits.ts';
import { deleteItems } from '#shared/data/table.ts';
import { interceptNext, interceptNothing } from '../support/intercept-next.ts';
import { newDirect, newGroup, newPerson, type Person } from '../support/people.ts';

/** Every condition of a write: what another request may have changed since this one has read it. */

afterEach(interceptNothing);

const seconds = () => Math.floor(Date.now() / 1000);

const messageIn = (chatId: string, { id }: { id: string }): StoredMessage => ({
  chatId,
  seq: 100,
  userId: id,
  type: 'system',
  createdAt: new Date().toISOString(),
  event: 'renamed',
});

const memberOf = async (chatId: string, { id }: { id: string }) => (await getMembership(id, chatId)) as Membership;

/** Anna's group with Boris. */
async function group() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id, inviteCode } = await newGroup(anna, boris);
  const [owner, member] = await Promise.all([memberOf(id, anna), memberOf(id, boris)]);
  return { anna, boris, id, inviteCode, owner, member, message: messageIn(id, anna) };
}

/** Anna's group of one. */
async function alone() {
  const anna = await newPerson('Anna');
  const { id, inviteCode } = await newGroup(anna);
  return { anna, id, inviteCode, owner: await memberOf(id, anna), message: messageIn(id, anna) };
}

const as = (role: Membership['role'], membership: Membership): Membership => ({ ...membership, role });

describe('a group', () => {
  test('is not stored with an invite code that another group has', async () => {
    const { anna, inviteCode } = await alone();
    const id = randomUUID();
    const chat = {
      id,
      name: 'B',
      type: 'group',
      inviteCode,
      createdAt: '',
      seq: 1,
      participantIds: [anna.id],
    } as const;
    expect(await storeGroup({ ...chat, participantIds: [anna.id] }, anna.id, messageIn(id, anna))).toBe(
      'invite code taken',
    );
    expect(await getChats([id])).toEqual([]);
  });

  test('is not joined twice', async () => {
    const { boris, id, inviteCode } = await group();
    expect(await joinByInvite(boris.id, inviteCode, messageIn(id, boris))).toBe('already joined');
  });

  test('takes a thousand participants and no more', async () => {
    const { id, inviteCode } = await alone();
    const [boris, vera] = await Promise.all([newPerson(), newPerson()]);
    await db.send(
      new UpdateCommand({
        TableName: process.env.CHAT_TABLE,
        Key: keys.roster(id),
        UpdateExpression: 'ADD participantIds :others',
        ExpressionAttributeValues: {
          ':others': new Set(Array.from({ length: maxParticipants - 2 }, () => randomUUID())),
        },
      }),
    );
    expect(await joinByInvite(boris.id, inviteCode, messageIn(id, boris))).toBeUndefined();
    expect(await joinByInvite(vera.id, inviteCode, messageIn(id, vera))).toBe('full');
  });

  test('is not joined after its last member has left', async () => {
    const { id, inviteCode, owner } = await alone();
    const boris = await newPerson();
    expect(await closeChat(owner, inviteCode)).toBeUndefined();
    expect(await joinByInvite(boris.id, inviteCode, messageIn(id, boris))).toBe('full');
  });

  test('is left by its last member only by closing it', async () => {
    const { id, owner, message } = await alone();
    expect(await removeParticipant(owner, message, {})).toBe('changed');
    expect(await getChats([id])).toHaveLength(1);
  });

  test('is not closed while it has other members', async () => {
    const { id, owner, inviteCode } = await group();
    expect(await closeChat(owner, inviteCode)).toBe('changed');
    expect(await getChats([id])).toHaveLength(1);
  });

  test('is not closed with an invite code that was replaced meanwhile', async () => {
    const { owner, inviteCode } = await alone();
    const code = randomUUID();
    expect(await replaceInvite(owner, inviteCode, { code, chatId: owner.chatId })).toBeUndefined();
    expect(await closeChat(owner, inviteCode)).toBe('changed');
    expect(await closeChat(owner, undefined)).toBe('changed');
    expect(await closeChat(owner, code)).toBeUndefined();
  });
});

describe('who has lost the role meanwhile', () => {
  test('adds nobody', async () => {
    const { member, message } = await group();
    const vera = await newPerson();
    expect(await addParticipants(as('admin', member), [vera.id], message)).toBe('changed');
    expect(await getMembership(vera.id, message.chatId)).toBeUndefined();
  });

  test('removes nobody', async () => {
    const { owner, member, message } = await group();
    expect(await removeParticipant(member, message, { actor: as('admin', owner) })).toBe('changed');
    expect(await removeParticipant(member, message, { actor: owner })).toBeUndefined();
  });

  test('renames nothing', async () => {
    const { id, member, message } = await group();
    expect(await renameChat(as('admin', member), 'Mine', message)).toBe('role changed');
    expect(await getChats([id])).toMatchObject([{ name: 'Weekend' }]);
  });

  test('replaces no invite code', async () => {
    const { member, inviteCode, id } = await group();
    expect(await replaceInvite(as('admin', member), inviteCode, { code: randomUUID(), chatId: id })).toBe('changed');
  });

  test('changes no role', async () => {
    const { owner, member, message } = await group();
    expect(await changeRole(as('owner', member), owner, 'member', message)).toBe('changed');
    expect(await changeRole(as('owner', member), owner, 'admin', message)).toBe('changed');
  });
});

describe('whose role has changed meanwhile', () => {
  test('is not removed', async () => {
    const { owner, member, message } = await group();
    expect(await removeParticipant(as('admin', member), message, { actor: owner })).toBe('changed');
  });

  test('does not become the owner', async () => {
    const { owner, member, message } = await group();
    expect(await removeParticipant(owner, message, { successor: as('admin', member) })).toBe('changed');
  });
});

describe('an invite code', () => {
  test('is replaced once', async () => {
    const { owner, inviteCode, id } = await group();
    const replace = (old: string | undefined) => replaceInvite(owner, old, { code: randomUUID(), chatId: id });
    expect(await replace(undefined)).toBe('changed');
    expect(await replace(inviteCode)).toBeUndefined();
    expect(await replace(inviteCode)).toBe('changed');
    expect(await replaceInvite(owner, undefined, undefined)).toBe('changed');
  });

  test('is not one that another group has', async () => {
    const [{ owner, inviteCode, id }, other] = await Promise.all([group(), alone()]);
    expect(await replaceInvite(owner, inviteCode, { code: other.inviteCode, chatId: id })).toBe('taken');
  });

  const joining = async (terms: { expiresAt?: number; maxUses?: number }) => {
    const { owner, id, inviteCode } = await alone();
    const code = randomUUID();
    await replaceInvite(owner, inviteCode, { code, chatId: id, ...terms });
    return async (chatId = id) => {
      const { id: userId } = await newPerson();
      return joinByInvite(userId, code, messageIn(chatId, { id: userId }));
    };
  };

  test('admits as often as it may', async () => {
    const join = await joining({ maxUses: 1 });
    expect([await join(), await join()]).toEqual([undefined, 'invite used up']);
  });

  test('admits nobody after it has expired', async () => {
    expect(await (await joining({ expiresAt: seconds() - 1 }))()).toBe('invite used up');
    expect(await (await joining({ expiresAt: seconds() + 60 }))()).toBeUndefined();
  });

  test('admits to no other chat', async () => {
    const { id: otherId } = await group();
    expect(await (await joining({}))(otherId)).toBe('invite used up');
  });
});

describe('a direct chat', () => {
  const pair = async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    return { anna, boris, id: directIdOf(anna.id, boris.id) };
  };

  test('is stored once', async () => {
    const { anna, boris, id } = await pair();
    expect(await storeDirect(id, anna.id, boris.id)).toBeUndefined();
    expect(await takeNumber(id)).toBe(1);
    expect(await storeDirect(id, boris.id, anna.id)).toBe('already exists');
    // Even if both have left it meanwhile.
    await deleteItems(
      process.env.CHAT_TABLE as string,
      [anna, boris].map((person) => keys.membership(person.id, id)),
    );
    expect(await storeDirect(id, boris.id, anna.id)).toBe('already exists');
    expect(await takeNumber(id)).toBe(2);
  });

  test('is not stored for a user who is gone', async () => {
    const { anna, boris, id } = await pair();
    expect(await storeDirect(id, randomUUID(), boris.id)).toBe('no such user');
    expect(await storeDirect(id, anna.id, randomUUID())).toBe('no such user');
  });

  test('is not stored if one of the two has blocked the other', async () => {
    const { anna, boris, id } = await pair();
    await storeBlock(anna.id, boris.id, id);
    expect(await storeDirect(id, anna.id, boris.id)).toBe('blocked');
    expect(await storeDirect(id, boris.id, anna.id)).toBe('blocked');
  });
});

describe('a block', () => {
  test('leaves no mark where there is no chat', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const id = directIdOf(anna.id, boris.id);
    await storeBlock(anna.id, boris.id, id);
    expect(await getMembership(boris.id, id)).toBeUndefined();
    await deleteBlock(anna.id, boris.id, id);
    expect(await getMembership(boris.id, id)).toBeUndefined();
  });

  test('marks a chat that is opened while it is written', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const id = directIdOf(anna.id, boris.id);
    // The first write finds no chat; before the second, there is one.
    interceptNext('TransactWriteItems', async (_, go) => {
      interceptNext('TransactWriteItems', async (_second, goOn) => {
        expect(await storeDirect(id, boris.id, anna.id)).toBeUndefined();
        return goOn();
      });
      return go();
    });
    await storeBlock(anna.id, boris.id, id);
    expect(await getMembership(boris.id, id)).toMatchObject({ blocked: true });
  });
});

describe('a socket', () => {
  const open = ({ id, sessionId }: Person, chatId: string, session = sessionId) =>
    addConnection({ connectionId: `${randomUUID()}=`, chatId, userId: id, sessionId: session }, 1);

  test('is not stored for someone who is not in the chat, or is blocked there', async () => {
    const [anna, boris, eve] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const chatId = await newDirect(anna, boris);
    expect(await open(boris, chatId)).toBeUndefined();
    expect(await open(eve, chatId)).toBe('not a participant');
    await storeBlock(anna.id, boris.id, chatId);
    expect(await open(boris, chatId)).toBe('not a participant');
  });

  test('is not stored for a session that has ended', async () => {
    const { anna, id } = await alone();
    expect(await open(anna, id, randomUUID())).toBe('session ended');
  });
});

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
    expect(await useSession({ userId: anna.id, sessionId: anna.sessionId, rotation: 0 })).toBe('ended');
  });

  test('opens no socket after it has expired', async () => {
    const { anna, id: chatId } = await alone();
    await expire(anna);
    const socket = { connectionId: `${randomUUID()}=`, chatId, userId: anna.id, sessionId: anna.sessionId };
    expect(await addConnection(socket, 1)).toBe('session ended');
  });
});

describe('a chat that is gone', () => {
  test('has no next number', async () => {
    const id = randomUUID();
    expect(await takeNumber(id)).toBeUndefined();
    expect(await takeNumber(id)).toBeUndefined();
  });

  test('is not marked as read', async () => {
    expect(await advanceRead(randomUUID(), randomUUID(), 1)).toBe('not a participant');
  });
});

test('a read mark never moves back', async () => {
  const { anna, id } = await alone();
  expect(await advanceRead(anna.id, id, 5)).toEqual({ readSeq: 5, moved: true });
  expect(await advanceRead(anna.id, id, 4)).toEqual({ readSeq: 5, moved: false });
});

test('a message with a clientId is stored once', async () => {
  const { anna, id } = await alone();
  const message = { ...messageIn(id, anna), type: 'text', content: 'hi', clientId: randomUUID() } as const;
  expect(await storeMessage(message)).toBeUndefined();
  expect(await storeMessage({ ...message, seq: 101 })).toBe('clientId used');
});

test('a page keeps its first end', async () => {
  const page = { chatId: randomUUID(), seq: 1, shard: 0, after: '' };
  expect(await beginPage(page, 'first')).toEqual({ next: 'first', state: 'begun' });
  expect(await beginPage(page, 'second')).toEqual({ next: 'first', state: 'begun' });
});

test('a room is spread over more shards, never over fewer', async () => {
  const chatId = randomUUID();
  for (const [wanted, shards] of [
    [4, 4],
    [2, 4],
    [8, 8],
  ] as const) {
    await spread(chatId, wanted);
    expect(await getShards(chatId)).toBe(shards);
  }
});

describe('a profile', () => {
  const profileOf = async ({ id }: Person) => (await getUser(id)) as User;

  test('takes no email that another one has', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { session } = await openSession(randomUUID());
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
    const { session } = await openSession(anna.id);
    expect(await setPassword(before, 'first')).toBeUndefined();
    expect(await setPassword(before, 'second')).toBe('changed');
    expect(await storeSession(session, { passwordHash: before.passwordHash })).toBe('profile changed');
    expect((await profileOf(anna)).passwordHash).toBe('first');
  });

  test('is not made by a change of a user who is gone', async () => {
    const id = randomUUID();
    expect(await renameUser(id, 'Ghost')).toBeUndefined();
    expect(await getUser(id)).toBeUndefined();
    const { session } = await openSession(id);
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
});

describe('a one-time code', () => {
  test('has five tries', async () => {
    const phone = randomUUID();
    await storeOneTimeCode(phone, 'digest', seconds() + 60);
    for (let n = 0; n < 5; n++) expect(await tryOneTimeCode(phone)).toBe('digest');
    expect(await tryOneTimeCode(phone)).toBeUndefined();
  });

  test('has no try after it has expired', async () => {
    const phone = randomUUID();
    await storeOneTimeCode(phone, 'digest', seconds() - 1);
    expect(await tryOneTimeCode(phone)).toBeUndefined();
  });

  test('is used once, and not if a newer one has replaced it', async () => {
    const phone = randomUUID();
    await storeOneTimeCode(phone, 'new', seconds() + 60);
    expect(await consumeOneTimeCode(phone, 'old')).toBe('used or replaced');
    expect(await consumeOneTimeCode(phone, 'new')).toBeUndefined();
    expect(await consumeOneTimeCode(phone, 'new')).toBe('used or replaced');
  });
});

test('an amount is added to what is used in the window', async () => {
  const who = randomUUID();
  await addUse('tokens', who, 10, 60);
  await addUse('tokens', who, 5, 60);
  expect(await getUse('tokens', who)).toMatchObject({ used: 15 });
});
