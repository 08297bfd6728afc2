import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { updateUser } from '#shared/data/accounts/users.ts';
import { type Addable, getAddable } from '#shared/data/chats/additions.ts';
import { getChats } from '#shared/data/chats/chats.ts';
import {
  addParticipants,
  changeGroup,
  changeRole,
  closeChat,
  joinByInvite,
  maxParticipants,
  removeParticipant,
  storeGroup,
} from '#shared/data/chats/groups.ts';
import { replaceInvite } from '#shared/data/chats/invites.ts';
import { getMembership, hideChat, markWritten, unhideChat } from '#shared/data/chats/memberships.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { newPerson } from '../../support/people.ts';
import { alone, as, group, messageIn, seconds } from './scene.ts';

/** Conditions of writes to groups: what another request may have changed since this one has read it. */

const allowance = { allow: 2, within: 60 };
const addable = ({ id }: { id: string }, more: Partial<Addable> = {}): Addable => ({
  ...{ id, name: 'Vera', isContact: false, hasBlocked: false },
  ...more,
});
const inviteOf = (chatId: string, code: string) => ({
  code,
  chatId,
  createdAt: new Date(Date.now() + 1000).toISOString(),
});

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
    expect(await storeGroup({ ...chat, participantIds: [anna.id] }, anna.id, [], allowance, messageIn(id, anna))).toBe(
      'invite code taken',
    );
    expect(await getChats([id])).toEqual([]);
  });

  test('is not joined twice', async () => {
    const { boris, id, inviteCode } = await group();
    expect(await joinByInvite(boris.id, inviteOf(id, inviteCode), messageIn(id, boris))).toBe('already joined');
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
    expect(await joinByInvite(boris.id, inviteOf(id, inviteCode), messageIn(id, boris))).toBeUndefined();
    expect(await joinByInvite(vera.id, inviteOf(id, inviteCode), messageIn(id, vera))).toBe('full');
  });

  test('is not joined after its last member has left', async () => {
    const { id, inviteCode, owner } = await alone();
    const boris = await newPerson();
    expect(await closeChat(owner, inviteCode)).toBeUndefined();
    expect(await joinByInvite(boris.id, inviteOf(id, inviteCode), messageIn(id, boris))).toBe('full');
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
    expect(await replaceInvite(owner, inviteCode, inviteOf(owner.chatId, code))).toBeUndefined();
    expect(await closeChat(owner, inviteCode)).toBe('changed');
    expect(await closeChat(owner, undefined)).toBe('changed');
    expect(await closeChat(owner, code)).toBeUndefined();
  });
});

describe('being added', () => {
  const add = async (vera: Addable) => {
    const { owner, message } = await alone();
    return addParticipants(owner, [vera], allowance, message);
  };
  const set = (id: string, change: Parameters<typeof updateUser>[1]) => updateUser(id, change);

  test('is refused to a user who is gone or is being deleted', async () => {
    const vera = await newPerson();
    for (const isContact of [false, true]) {
      expect(await add(addable({ id: randomUUID() }, { isContact }))).toBe('changed');
      await set(vera.id, { deletion: { sessionId: 's', holdsUntil: Date.now() + 60_000 } });
      expect(await add(addable(vera, { isContact }))).toBe('changed');
    }
    await set(vera.id, { deletion: { sessionId: 's', holdsUntil: Date.now() - 1 } });
    expect(await add(addable(vera))).toBeUndefined();
  });

  test('is refused to a user who has just refused strangers', async () => {
    const vera = await newPerson();
    await set(vera.id, { addedBy: 'contacts' });
    expect(await add(addable(vera))).toBe('changed');
    expect(await add(addable(vera, { isContact: true }))).toBeUndefined();
  });

  test('is counted in one window, and not above the allowance', async () => {
    const vera = await newPerson();
    expect(await add(addable(vera))).toBeUndefined();
    // Somebody else has opened the window meanwhile.
    expect(await add(addable(vera))).toBe('changed');
    const [seen] = await getAddable('nobody', [vera.id], () => 'no chat');
    const later = { used: 1, windowEnd: (seen?.added?.windowEnd ?? 0) + 1 };
    expect(await add({ ...(seen as Addable), added: later })).toBe('changed');
    expect(await add(seen as Addable)).toBeUndefined();
    expect(await add(seen as Addable)).toBe('changed');
  });

  test('is not done to a new group either, whose owner must exist', async () => {
    const [anna, vera] = await Promise.all([newPerson(), newPerson()]);
    const create = (ownerId: string, others: Addable[]) => {
      const id = randomUUID();
      const participantIds = [ownerId, ...others.map((user) => user.id)];
      const chat = {
        id,
        name: 'B',
        type: 'group',
        inviteCode: randomUUID(),
        createdAt: '',
        seq: 1,
        participantIds,
      } as const;
      return storeGroup({ ...chat, participantIds }, ownerId, others, allowance, messageIn(id, { id: ownerId }));
    };
    expect(await create(randomUUID(), [addable(vera)])).toBe('no such user');
    expect(await create(anna.id, [addable({ id: randomUUID() })])).toBe('changed');
    expect(await create(anna.id, [addable(vera)])).toBeUndefined();
  });
});

describe('joining', () => {
  test('is refused to a user who is gone', async () => {
    const { id, inviteCode } = await alone();
    const ghost = { id: randomUUID() };
    expect(await joinByInvite(ghost.id, inviteOf(id, inviteCode), messageIn(id, ghost))).toBe('no such user');
  });

  test('is refused after a removal with a code from before, and allowed after leaving', async () => {
    const { boris, id, inviteCode, owner, member, message } = await group();
    const old = { ...inviteOf(id, inviteCode), createdAt: '2026-01-01T00:00:00.000Z' };
    await removeParticipant(member, message, { actor: owner });
    expect(await joinByInvite(boris.id, old, messageIn(id, boris))).toBe('removed');
    expect(await joinByInvite(boris.id, inviteOf(id, inviteCode), messageIn(id, boris))).toBeUndefined();
    await removeParticipant(member, message, {});
    expect(await joinByInvite(boris.id, old, messageIn(id, boris))).toBeUndefined();
  });
});

test('a membership that is gone is not made by hiding its chat, showing it or writing there', async () => {
  const [userId, chatId] = [randomUUID(), randomUUID()];
  await hideChat(userId, chatId, 1);
  await unhideChat(userId, chatId);
  await markWritten(userId, chatId);
  expect(await getMembership(userId, chatId)).toBeUndefined();
});

describe('who has lost the role meanwhile', () => {
  test('adds nobody', async () => {
    const { member, message } = await group();
    const vera = await newPerson();
    expect(await addParticipants(as('admin', member), [addable(vera)], allowance, message)).toBe('changed');
    expect(await getMembership(vera.id, message.chatId)).toBeUndefined();
  });

  test('removes nobody', async () => {
    const { owner, member, message } = await group();
    expect(await removeParticipant(member, message, { actor: as('admin', owner) })).toBe('changed');
    expect(await removeParticipant(member, message, { actor: owner })).toBeUndefined();
  });

  test('renames nothing', async () => {
    const { id, member, message } = await group();
    expect(await changeGroup(as('admin', member), { name: 'Mine' }, message)).toBe('role changed');
    expect(await getChats([id])).toMatchObject([{ name: 'Weekend' }]);
  });

  test('replaces no invite code', async () => {
    const { member, inviteCode, id } = await group();
    expect(await replaceInvite(as('admin', member), inviteCode, inviteOf(id, randomUUID()))).toBe('changed');
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
    const replace = (old: string | undefined) => replaceInvite(owner, old, inviteOf(id, randomUUID()));
    expect(await replace(undefined)).toBe('changed');
    expect(await replace(inviteCode)).toBeUndefined();
    expect(await replace(inviteCode)).toBe('changed');
    expect(await replaceInvite(owner, undefined, undefined)).toBe('changed');
  });

  test('is not one that another group has', async () => {
    const [{ owner, inviteCode, id }, other] = await Promise.all([group(), alone()]);
    expect(await replaceInvite(owner, inviteCode, inviteOf(id, other.inviteCode))).toBe('taken');
  });

  const joining = async (terms: { expiresAt?: number; maxUses?: number }) => {
    const { owner, id, inviteCode } = await alone();
    const code = randomUUID();
    await replaceInvite(owner, inviteCode, { ...inviteOf(id, code), ...terms });
    return async (chatId = id) => {
      const { id: userId } = await newPerson();
      return joinByInvite(userId, inviteOf(id, code), messageIn(chatId, { id: userId }));
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
