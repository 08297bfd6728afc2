import { createHash } from 'node:crypto';

const prefix = 'direct-';

/** The id of the direct chat of two users: the same whichever of the two asks. */
export function directIdOf(userId: string, otherId: string): string {
  const pair = [userId, otherId].sort().join('#');
  return prefix + createHash('sha256').update(pair).digest('base64url').slice(0, 27);
}

export const isDirectId = (chatId: string): boolean => chatId.startsWith(prefix);
