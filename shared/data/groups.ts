import { settings } from '#shared/platform/settings.ts';
import type { ChatWithParticipants } from './chats.ts';
import { inviteUse } from './invites.ts';
import { keys } from './keys.ts';
import { hasRole, type Membership, membershipPut, type Role, roleCheck, roleUpdate } from './memberships.ts';
import { messagePut, type StoredMessage } from './messages.ts';
import { type Write, writeTogether } from './table.ts';

const table = settings.chatTable();
export const maxParticipants = 1000;

/** Stores a group with its participants and first message. False, with nothing stored, if the invite code is taken. */
export async function storeGroup(
  group: ChatWithParticipants & { inviteCode: string },
  ownerId: string,
  first: StoredMessage,
): Promise<boolean> {
  const { participantIds, ...chat } = group;
  const refused = await writeTogether([
    {
      Put: {
        TableName: table,
        Item: { ...keys.invite(chat.inviteCode), chatId: chat.id, uses: 0 },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    { Put: { TableName: table, Item: { ...keys.chat(chat.id), ...chat } } },
    { Put: { TableName: table, Item: { ...keys.roster(chat.id), participantIds: new Set(participantIds) } } },
    ...participantIds.map((userId) =>
      membershipPut({
        userId,
        chatId: chat.id,
        role: userId === ownerId ? 'owner' : 'member',
        joinedAt: chat.createdAt,
        readSeq: userId === ownerId ? first.seq : 0,
      }),
    ),
    messagePut(first),
  ]);
  return refused === undefined;
}

const rosterAdd = (chatId: string, userIds: string[]): Write => ({
  Update: {
    TableName: table,
    Key: keys.roster(chatId),
    UpdateExpression: 'ADD participantIds :users',
    ConditionExpression: 'attribute_exists(pk) AND size(participantIds) <= :room',
    ExpressionAttributeValues: { ':users': new Set(userIds), ':room': maxParticipants - userIds.length },
  },
});

/** Adds a user by an invite and stores the message about it, both or neither. Tells why nothing was stored. */
export async function joinByInvite(
  userId: string,
  code: string,
  message: StoredMessage,
): Promise<'joined' | 'already in' | 'full' | 'invite used up'> {
  const { chatId, createdAt, seq } = message;
  const refused = await writeTogether([
    membershipPut({ userId, chatId, role: 'member', joinedAt: createdAt, readSeq: seq }),
    rosterAdd(chatId, [userId]),
    inviteUse(code, chatId),
    messagePut(message),
  ]);
  if (refused === undefined) return 'joined';
  return (['already in', 'full', 'invite used up'] as const)[refused] ?? 'full';
}

/** Adds participants, all or none. Tells why none was added; `changed` can mean that one has joined meanwhile. */
export async function addParticipants(
  actor: Membership,
  userIds: string[],
  message: StoredMessage,
): Promise<'added' | 'full' | 'changed'> {
  const { chatId, createdAt, seq } = message;
  const refused = await writeTogether([
    rosterAdd(chatId, userIds),
    roleCheck(actor.userId, chatId, actor.role),
    ...userIds.map((userId) =>
      membershipPut({ userId, chatId, role: 'member', joinedAt: createdAt, readSeq: seq - 1 }),
    ),
    messagePut(message),
  ]);
  if (refused === undefined) return 'added';
  return refused === 0 ? 'full' : 'changed';
}

/** Ends a membership. A record of it stays, so that an export knows which chats to search. */
const membershipEnd = ({ userId, chatId, role }: Membership): Write[] => [
  { Delete: { TableName: table, Key: keys.membership(userId, chatId), ...hasRole(role) } },
  {
    Put: {
      TableName: table,
      Item: { ...keys.formerMembership(userId, chatId), chatId, leftAt: new Date().toISOString() },
    },
  },
];

/** Takes out a participant who left or was removed. False if a role has changed meanwhile. */
export async function removeParticipant(
  member: Membership,
  message: StoredMessage,
  { successor, actor }: { successor?: Membership | undefined; actor?: Membership | undefined },
): Promise<boolean> {
  const { userId, chatId } = member;
  const refused = await writeTogether([
    ...membershipEnd(member),
    {
      Update: {
        TableName: table,
        Key: keys.roster(chatId),
        UpdateExpression: 'DELETE participantIds :user',
        // The last participant closes the chat instead.
        ConditionExpression: 'size(participantIds) > :one',
        ExpressionAttributeValues: { ':user': new Set([userId]), ':one': 1 },
      },
    },
    messagePut(message),
    ...(successor ? [roleUpdate(successor, 'owner')] : []),
    ...(actor ? [roleCheck(actor.userId, chatId, actor.role)] : []),
  ]);
  return refused === undefined;
}

/** Deletes the chat with its last participant. False if somebody has joined or changed the invite. */
export async function closeChat(last: Membership, inviteCode: string | undefined): Promise<boolean> {
  const { chatId } = last;
  const refused = await writeTogether([
    ...membershipEnd(last),
    {
      Delete: {
        TableName: table,
        Key: keys.roster(chatId),
        ConditionExpression: 'size(participantIds) = :one',
        ExpressionAttributeValues: { ':one': 1 },
      },
    },
    {
      Delete: {
        TableName: table,
        Key: keys.chat(chatId),
        ...(inviteCode === undefined
          ? { ConditionExpression: 'attribute_not_exists(inviteCode)' }
          : { ConditionExpression: 'inviteCode = :code', ExpressionAttributeValues: { ':code': inviteCode } }),
      },
    },
    ...(inviteCode === undefined ? [] : [{ Delete: { TableName: table, Key: keys.invite(inviteCode) } }]),
  ]);
  return refused === undefined;
}

/** Stores a group's new name and the message about it. False if the actor's role has changed. */
export async function renameChat(actor: Membership, name: string, message: StoredMessage): Promise<boolean> {
  const { chatId } = message;
  const refused = await writeTogether([
    roleCheck(actor.userId, chatId, actor.role),
    {
      Update: {
        TableName: table,
        Key: keys.chat(chatId),
        UpdateExpression: 'SET #name = :name',
        ExpressionAttributeNames: { '#name': 'name' },
        ExpressionAttributeValues: { ':name': name },
      },
    },
    messagePut(message),
  ]);
  return refused === undefined;
}

/** Stores a member's new role and the message about it. The old owner becomes an admin if there is a new one. */
export async function changeRole(
  owner: Membership,
  member: Membership,
  role: Role,
  message: StoredMessage,
): Promise<boolean> {
  const refused = await writeTogether([
    roleUpdate(member, role),
    role === 'owner' ? roleUpdate(owner, 'admin') : roleCheck(owner.userId, owner.chatId, 'owner'),
    messagePut(message),
  ]);
  return refused === undefined;
}
