import { pushTokenKey } from '../state/push/push-device.ts';
import { stored as emojisKey } from './emoji/recent-emojis.ts';

/**
 * Deletes what belongs to the user whose session has ended, or the next one would get their notifications. What they have
 * not sent yet waits for them: only signing out deletes it.
 */
export function forgetUser(): void {
  for (const key of [pushTokenKey, emojisKey]) localStorage.removeItem(key);
}
