import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { getItem } from '../table.ts';
import { isNew, nowInSeconds, type Write, writeTogether } from '../write.ts';
import { type Membership, roleCheck } from './memberships.ts';

const table = settings.chatTable();

/** An invite code and its terms; `expiresAt` is in seconds since the epoch. */
export interface Invite {
  code: string;
  chatId: string;
  createdAt: string;
  expiresAt?: number | undefined;
  maxUses?: number | undefined;
}

/** What a code admits to, unless it has expired or is used up. */
export async function findInvite(code: string): Promise<Invite | undefined> {
  const invite = await getItem<Omit<Invite, 'code'> & { uses?: number }>(table, keys.invite(code));
  if (!invite) return undefined;
  const { expiresAt = Number.POSITIVE_INFINITY, maxUses = Number.POSITIVE_INFINITY, uses = 0 } = invite;
  const isOpen = expiresAt > Date.now() / 1000 && uses < maxUses;
  return isOpen ? { ...invite, createdAt: invite.createdAt ?? '', code } : undefined;
}

/** Counts one use of the code. Fails if the code is another chat's, used up or expired. */
export const inviteUse = (code: string, chatId: string): Write => ({
  Update: {
    TableName: table,
    Key: keys.invite(code),
    UpdateExpression: 'SET uses = uses + :one',
    ConditionExpression:
      'chatId = :chat AND (attribute_not_exists(maxUses) OR uses < maxUses) AND (attribute_not_exists(expiresAt) OR expiresAt > :now)',
    ExpressionAttributeValues: { ':one': 1, ':chat': chatId, ':now': nowInSeconds() },
  },
});

/** Stores a new code. Fails if the code is taken. */
export const invitePut = ({ code, ...invite }: Invite): Write => ({
  Put: { TableName: table, Item: { ...keys.invite(code), ...invite, uses: 0 }, ...isNew },
});

export const inviteDelete = (code: string): Write => ({ Delete: { TableName: table, Key: keys.invite(code) } });

/** A condition on the chat: its invite code is this one, or it has none. */
export const hasInvite = (code: string | undefined) =>
  code === undefined
    ? { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(inviteCode)' }
    : { ConditionExpression: 'inviteCode = :invite', ExpressionAttributeValues: { ':invite': code } };

/** Replaces the chat's invite code with a new one, or with none. */
export function replaceInvite(actor: Membership, old: string | undefined, next: Invite | undefined) {
  const { chatId } = actor;
  const { ConditionExpression, ExpressionAttributeValues } = hasInvite(old);
  const values = { ...ExpressionAttributeValues, ...(next && { ':code': next.code }) };
  const update: Write = {
    Update: {
      TableName: table,
      Key: keys.chat(chatId),
      UpdateExpression: next ? 'SET inviteCode = :code' : 'REMOVE inviteCode',
      ConditionExpression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    },
  };
  return writeTogether([
    { ...update, otherwise: 'changed' },
    { ...roleCheck(actor.userId, chatId, actor.role), otherwise: 'changed' },
    ...(old === undefined ? [] : [inviteDelete(old)]),
    ...(next ? [{ ...invitePut(next), otherwise: 'taken' as const }] : []),
  ]);
}
