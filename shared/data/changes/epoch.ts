import { createHash } from 'node:crypto';
import { settings } from '#shared/platform/settings.ts';

/** Names the table for clients. A backup is restored into a table with another name, where numbers may repeat. */
export const epoch = createHash('sha256').update(settings.chatTable()).digest('hex').slice(0, 8);
