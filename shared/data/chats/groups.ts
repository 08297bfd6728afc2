import { settings } from '#shared/platform/settings.ts';
import { userCheck } from '../accounts/staying.ts';
import { fileUse, type StoredFile } from '../files.ts';
import { keys } from '../keys.ts';
import type { Allowance } from '../limits.ts';
import { type Write, writeTogether } from '../write.ts';
import { type Addable, additionCount } from './additions.ts';
import type { Chat, ChatWithParticipants } from './chats.ts';
import { type CreatedGroup, createdGroupPut } from './created-groups.ts';
import { hasInvite, type Invite, inviteDelete, invitePut, inviteUse } from './invites.ts';
import {
  formerMembershipPut,
  type Membership,
  membershipDelete,
  membershipPut,
  notRemovedCheck,
  type Role,
  roleCheck,
  roleUpdate,
} from './memberships.ts';
import { messagePut, type StoredMessage } from './messages.ts';

const table = settings.chatTable();
export const maxParticipants = 1000;

/**
 * Stores a group with its participants, its first message and, if its request had a `clientId`, that it was created with it.
 * `changed` means that somebody can't be added any more.
 */
export function storeGroup(
  { participantIds, ...chat }: ChatWithParticipants & { inviteCode: string },
  ownerId: string,
  others: Addable[],
  allowance: Allowance,
  first: StoredMessage,
  created?: CreatedGroup,
) {
  const membership = { chatId: chat.id, joinedAt: chat.createdAt };
  return writeTogether([
    // Before the additions: those of the same request may have used up what they may.
    ...(created ? [{ ...createdGroupPut(ownerId, created), otherwise: 'clientId used' as const }] : []),
    {
      ...invitePut({ code: chat.inviteCode, chatId: chat.id, createdAt: chat.createdAt }),
      otherwise: 'invite code taken',
    },
    { Put: { TableName: table, Item: { ...keys.chat(chat.id), ...chat } } },
    { Put: { TableName: table, Item: { ...keys.roster(chat.id), participantIds: new Set(participantIds) } } },
    { ...userCheck(ownerId), otherwise: 'no such user' },
    membershipPut({ ...membership, userId: ownerId, role: 'owner', readSeq: first.seq }),
    ...others.flatMap((user) => [
      { ...additionCount(user, allowance), otherwise: 'changed' as const },
      membershipPut({ ...membership, userId: user.id, role: 'member', readSeq: 0 }),
    ]),
    messagePut(first),
  ]);
}

/** Fails if the group would have too many participants, or is gone. */
const rosterAdd = (chatId: string, userIds: string[]): Write => ({
  Update: {
    TableName: table,
    Key: keys.roster(chatId),
    UpdateExpression: 'ADD participantIds :users',
    ConditionExpression: 'attribute_exists(pk) AND size(participantIds) <= :room',
    ExpressionAttributeValues: { ':users': new Set(userIds), ':room': maxParticipants - userIds.length },
  },
});

/** Fails if it is the last participant, who closes the chat instead. */
const rosterRemove = (chatId: string, userId: string): Write => ({
  Update: {
    TableName: table,
    Key: keys.roster(chatId),
    UpdateExpression: 'DELETE participantIds :user',
    ConditionExpression: 'size(participantIds) > :one',
    ExpressionAttributeValues: { ':user': new Set([userId]), ':one': 1 },
  },
});

/** Deletes the roster. Fails if it has more than one participant. */
const rosterDelete = (chatId: string): Write => ({
  Delete: {
    TableName: table,
    Key: keys.roster(chatId),
    ConditionExpression: 'size(participantIds) = :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
});

/** Adds a user by an invite code and stores the message about it. `removed`: after the code was made, the user was. */
export function joinByInvite(userId: string, invite: Invite, message: StoredMessage) {
  const { chatId, createdAt, seq } = message;
  return writeTogether([
    { ...userCheck(userId), otherwise: 'no such user' },
    { ...notRemovedCheck(userId, chatId, invite.createdAt), otherwise: 'removed' },
    {
      ...membershipPut({ userId, chatId, role: 'member', joinedAt: createdAt, readSeq: seq }),
      otherwise: 'already joined',
    },
    { ...rosterAdd(chatId, [userId]), otherwise: 'full' },
    { ...inviteUse(invite.code, chatId), otherwise: 'invite used up' },
    messagePut(message),
  ]);
}

/** Adds participants, all or none, and stores the message about it. `changed` can mean that one has joined meanwhile. */
export function addParticipants(actor: Membership, users: Addable[], allowance: Allowance, message: StoredMessage) {
  const { chatId, createdAt, seq } = message;
  const userIds = users.map(({ id }) => id);
  const membership = { chatId, role: 'member', joinedAt: createdAt, readSeq: seq - 1 } as const;
  return writeTogether([
    { ...rosterAdd(chatId, userIds), otherwise: 'full' },
    { ...roleCheck(actor.userId, chatId, actor.role), otherwise: 'changed' },
    ...users.map((user) => ({ ...additionCount(user, allowance), otherwise: 'changed' as const })),
    ...userIds.map((userId) => ({ ...membershipPut({ ...membership, userId }), otherwise: 'changed' as const })),
    messagePut(message),
  ]);
}

/** Removes a participant who left or was removed, and stores the message about it. The successor becomes the owner. */
export function removeParticipant(
  member: Membership,
  message: StoredMessage,
  { successor, actor }: { successor?: Membership | undefined; actor?: Membership | undefined },
) {
  const { userId, chatId } = member;
  return writeTogether([
    { ...membershipDelete(member), otherwise: 'changed' },
    formerMembershipPut(member, actor !== undefined),
    { ...rosterRemove(chatId, userId), otherwise: 'changed' },
    messagePut(message),
    ...(successor ? [{ ...roleUpdate(successor, 'owner'), otherwise: 'changed' as const }] : []),
    ...(actor ? [{ ...roleCheck(actor.userId, chatId, actor.role), otherwise: 'changed' as const }] : []),
  ]);
}

/** Deletes the chat with its last participant. `changed` means that somebody has joined or changed the invite code. */
export function closeChat(last: Membership, inviteCode: string | undefined) {
  const { chatId } = last;
  return writeTogether([
    { ...membershipDelete(last), otherwise: 'changed' },
    formerMembershipPut(last),
    { ...rosterDelete(chatId), otherwise: 'changed' },
    { Delete: { TableName: table, Key: keys.chat(chatId), ...hasInvite(inviteCode) }, otherwise: 'changed' },
    ...(inviteCode === undefined ? [] : [inviteDelete(inviteCode)]),
  ]);
}

/** What admins may change about a group, as it is stored. */
export type GroupChange = Partial<Pick<Chat, 'name' | 'posting' | 'slowModeSeconds' | 'pictureId'>>;

/** Stores what changes about a group, which is not nothing, and the message about it. Uses up the file of a new picture. */
export function changeGroup(
  actor: Membership,
  change: GroupChange,
  message: StoredMessage,
  picture?: Pick<StoredFile, 'userId' | 'id'>,
) {
  const { chatId } = message;
  const fields = Object.entries(change);
  return writeTogether([
    { ...roleCheck(actor.userId, chatId, actor.role), otherwise: 'role changed' },
    {
      Update: {
        TableName: table,
        Key: keys.chat(chatId),
        UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
      },
    },
    messagePut(message),
    ...(picture ? [{ ...fileUse(picture), otherwise: 'file used' as const }] : []),
  ]);
}

/** Stores a member's new role and the message about it. The old owner becomes an admin if there is a new one. */
export function changeRole(owner: Membership, member: Membership, role: Role, message: StoredMessage) {
  const ofOwner = role === 'owner' ? roleUpdate(owner, 'admin') : roleCheck(owner.userId, owner.chatId, 'owner');
  return writeTogether([
    { ...roleUpdate(member, role), otherwise: 'changed' },
    { ...ofOwner, otherwise: 'changed' },
    messagePut(message),
  ]);
}
