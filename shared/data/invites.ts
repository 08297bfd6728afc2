import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { keys } from './keys.ts';
import { type Membership, roleCheck } from './memberships.ts';
import { type Write, writeTogether } from './table.ts';

const table = settings.chatTable();

/** An invite code and its terms; `expiresAt` is in seconds since the epoch. */
export interface Invite {
  code: string;
  chatId: string;
  expiresAt?: number | undefined;
  maxUses?: number | undefined;
}

/** The id of the chat that a code admits to, unless it has expired. */
export async function findChatIdByInvite(code: string): Promise<string | undefined> {
  const found = await db.send(new GetCommand({ TableName: table, Key: keys.invite(code), ConsistentRead: true }));
  const { chatId, expiresAt = Number.POSITIVE_INFINITY } = found.Item ?? {};
  return expiresAt > Date.now() / 1000 ? chatId : undefined;
}

/** Counts one use of the code. Fails if the code is another chat's, used up or expired. */
export const inviteUse = (code: string, chatId: string): Write => ({
  Update: {
    TableName: table,
    Key: keys.invite(code),
    UpdateExpression: 'SET uses = uses + :one',
    ConditionExpression:
      'chatId = :chat AND (attribute_not_exists(maxUses) OR uses < maxUses) AND (attribute_not_exists(expiresAt) OR expiresAt > :now)',
    ExpressionAttributeValues: { ':one': 1, ':chat': chatId, ':now': Math.floor(Date.now() / 1000) },
  },
});

/** Replaces the chat's invite code with a new one, or with none. Tells why nothing was replaced. */
export async function replaceInvite(
  actor: Membership,
  old: string | undefined,
  next: Invite | undefined,
): Promise<'replaced' | 'taken' | 'changed'> {
  const { chatId } = actor;
  const hadOld = old === undefined ? 'attribute_not_exists(inviteCode)' : 'inviteCode = :old';
  const values = { ...(old !== undefined && { ':old': old }), ...(next && { ':code': next.code }) };
  const update: Write = {
    Update: {
      TableName: table,
      Key: keys.chat(chatId),
      UpdateExpression: next ? 'SET inviteCode = :code' : 'REMOVE inviteCode',
      ConditionExpression: `attribute_exists(pk) AND ${hadOld}`,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    },
  };
  const refused = await writeTogether([
    update,
    roleCheck(actor.userId, chatId, actor.role),
    ...(old === undefined ? [] : [{ Delete: { TableName: table, Key: keys.invite(old) } }]),
    ...(next ? [invitePut(next)] : []),
  ]);
  if (refused === undefined) return 'replaced';
  return refused > 1 ? 'taken' : 'changed';
}

const invitePut = ({ code, ...invite }: Invite): Write => ({
  Put: {
    TableName: table,
    Item: { ...keys.invite(code), ...invite, uses: 0 },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
