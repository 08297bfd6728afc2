import { hash, randomUUID } from 'node:crypto';
import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { getItem } from '../table.ts';
import { deleteIf, exists, isNew, nowInSeconds, updateIf, writeTogether } from '../write.ts';
import type { PushDevice, Session } from './sessions.ts';

/**
 * The device of a session, which gets its push notifications. It is stored on the session, so that however the session
 * ends, the device is gone too. An item for the token says which session has it, because a phone that somebody else now
 * uses must not show the messages of its former owner.
 */

const table = settings.chatTable();

/** Which session has a token. */
interface Holder {
  userId: string;
  sessionId: string;
  /** Differs with each registration. */
  registration: string;
}

/** Longer than the 270 days for which Firebase keeps an unused token. Clients register at each start. Seconds. */
const lifetime = 400 * 24 * 60 * 60;

const keyOf = (token: string) => keys.pushToken(hash('sha256', token));

/** Moves the token to this session from the one that has it. Returns "changed" if others were faster three times. */
export async function storeDevice(
  userId: string,
  sessionId: string,
  device: PushDevice,
): Promise<'session ended' | 'changed' | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const holder = await getItem<Holder>(table, keyOf(device.token));
    const isOwn = holder?.userId === userId && holder.sessionId === sessionId;
    if (holder && !isOwn) await removeToken(holder, device.token);
    const refusal = await writeDevice(userId, sessionId, device, holder);
    if (refusal !== 'changed') return refusal;
  }
  return 'changed';
}

function writeDevice(userId: string, sessionId: string, push: PushDevice, before: Holder | undefined) {
  const holder: Holder = { userId, sessionId, registration: randomUUID() };
  const unchanged = before && {
    ConditionExpression: 'registration = :before',
    ExpressionAttributeValues: { ':before': before.registration },
  };
  return writeTogether([
    {
      Put: {
        TableName: table,
        Item: { ...keyOf(push.token), ...holder, expiresAt: nowInSeconds() + lifetime },
        ...(unchanged ?? isNew),
      },
      otherwise: 'changed',
    },
    {
      Update: {
        TableName: table,
        Key: keys.session(userId, sessionId),
        UpdateExpression: 'SET push = :push',
        ...exists,
        ExpressionAttributeValues: { ':push': push },
      },
      otherwise: 'session ended',
    },
  ]);
}

/** Removes the device of a session if it still has this token. */
export async function removeToken(
  { userId, sessionId }: Pick<Holder, 'userId' | 'sessionId'>,
  token: string,
): Promise<void> {
  await updateIf({
    TableName: table,
    Key: keys.session(userId, sessionId),
    UpdateExpression: 'REMOVE push',
    ConditionExpression: 'push.#token = :token',
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: { ':token': token },
  });
}

export async function deleteDevice(userId: string, sessionId: string): Promise<void> {
  const { item } = await updateIf({
    TableName: table,
    Key: keys.session(userId, sessionId),
    UpdateExpression: 'REMOVE push',
    ...exists,
    ReturnValues: 'ALL_OLD',
  });
  if (item?.push) await forgetTokens([item as Session]);
}

/** Deletes the items of the tokens that these sessions have, unless another session has taken them. */
export async function forgetTokens(sessions: Session[]): Promise<void> {
  for (const { userId, id, push } of sessions) {
    if (!push) continue;
    await deleteIf({
      TableName: table,
      Key: keyOf(push.token),
      ConditionExpression: 'userId = :user AND sessionId = :session',
      ExpressionAttributeValues: { ':user': userId, ':session': id },
    });
  }
}
