import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { writeTogether } from '../write.ts';
import { messagePut, type StoredMessage } from './messages.ts';

const table = settings.chatTable();

/** Locks or unlocks a chat and stores the message about it. `changed`: it is locked or unlocked already, or gone. */
export function setLock(message: StoredMessage) {
  const { chatId, event, createdAt } = message;
  const isLocking = event === 'locked';
  return writeTogether([
    {
      Update: {
        TableName: table,
        Key: keys.chat(chatId),
        UpdateExpression: isLocking ? 'SET lockedAt = :at' : 'REMOVE lockedAt',
        ConditionExpression: isLocking
          ? 'attribute_exists(pk) AND attribute_not_exists(lockedAt)'
          : 'attribute_exists(lockedAt)',
        ...(isLocking && { ExpressionAttributeValues: { ':at': createdAt } }),
      },
      otherwise: 'changed',
    },
    messagePut(message),
  ]);
}

/** Stores what the operator announces. */
export const storeAnnouncement = (message: StoredMessage) => writeTogether([messagePut(message)]);
