import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { getChats } from '#shared/data/chats/chats.ts';
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
import { advanceRead, getMembership } from '#shared/data/chats/memberships.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { newPerson } from '../../support/people.ts';
import { alone, as, group, messageIn, seconds } from './scene.ts';

/** Conditions of writes to groups: what another request may have changed since this one has read it. */

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

test('a read mark never moves back', async () => {
  const { anna, id } = await alone();
  expect(await advanceRead(anna.id, id, 5)).toEqual({ readSeq: 5, moved: true });
  expect(await advanceRead(anna.id, id, 4)).toEqual({ readSeq: 5, moved: false });
});

test('a read mark is set only by a participant', async () => {
  expect(await advanceRead(randomUUID(), randomUUID(), 1)).toBe('not a participant');
});
