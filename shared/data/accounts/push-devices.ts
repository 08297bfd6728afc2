import { hash, randomUUID } from 'node:crypto';
import { log } from '#shared/platform/log.ts';
import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { getItem } from '../table.ts';
import { deleteIf, exists, isNew, nowInSeconds, updateIf, writeTogether } from '../write.ts';

/**
 * The device of a session, which gets its push notifications. It is stored on the session, so that however the session
 * ends, the device is gone too. An item for the token says which session has it, because a phone that somebody else now
 * uses must not show the messages of its former owner.
 */

const table = settings.chatTable();

/** A device that gets push notifications. */
export interface PushDevice {
  /** The registration token of Firebase Cloud Messaging. */
  token: string;
  platform: 'android' | 'ios' | 'web';
  locale?: string | undefined;
  /** Differs with each registration, and is the same on the token's item. */
  registration: string;
}

/** A session, as far as it matters here. */
interface WithDevice {
  userId: string;
  id: string;
  push?: PushDevice;
}

/** Which session has a token. */
interface Holder {
  userId: string;
  sessionId: string;
  registration: string;
}

/** Longer than the 270 days for which Firebase keeps an unused token. Clients register at each start. Seconds. */
const lifetime = 400 * 24 * 60 * 60;

const keyOf = (token: string) => keys.pushToken(hash('sha256', token));

/** Moves the token to this session from the one that has it. Returns "changed" if others were faster three times. */
export async function storeDevice(
  userId: string,
  sessionId: string,
  device: Omit<PushDevice, 'registration'>,
): Promise<'session ended' | 'changed' | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const [holder, session] = await Promise.all([
      getItem<Holder>(table, keyOf(device.token)),
      getItem<WithDevice>(table, keys.session(userId, sessionId)),
    ]);
    const isOwn = holder?.userId === userId && holder.sessionId === sessionId;
    if (holder && !isOwn) await removeToken(holder, device.token);
    const refusal = await writeDevice(userId, sessionId, device, holder);
    if (refusal === 'changed') continue;
    if (session && session.push?.token !== device.token) await forgetTokens([session]);
    return refusal;
  }
  return 'changed';
}

function writeDevice(
  userId: string,
  sessionId: string,
  device: Omit<PushDevice, 'registration'>,
  before: Holder | undefined,
) {
  const registration = randomUUID();
  const push: PushDevice = { ...device, registration };
  const holder: Holder = { userId, sessionId, registration };
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
  if (item) await forgetTokens([item as WithDevice]);
}

/**
 * Deletes the items of the tokens that these sessions have, unless they were registered anew. Never throws: an item that is
 * left expires.
 */
export async function forgetTokens(sessions: WithDevice[]): Promise<void> {
  const devices = sessions.flatMap(({ push }) => push ?? []);
  const deleted = await Promise.allSettled(devices.map(forgetToken));
  for (const result of deleted)
    if (result.status === 'rejected') log.warn('token not forgotten', { error: result.reason });
}

const forgetToken = ({ token, registration }: PushDevice) =>
  deleteIf({
    TableName: table,
    Key: keyOf(token),
    ConditionExpression: 'registration = :registration',
    ExpressionAttributeValues: { ':registration': registration },
  });
