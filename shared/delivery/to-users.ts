import type * as z from 'zod/mini';
import type { chatFrame, chatRemovedFrame, readFrame } from '#shared/contract/websocket/index.ts';
import { listInboxes } from '#shared/data/connections/sockets.ts';
import { log } from '#shared/platform/log.ts';
import { broadcast } from './broadcast.ts';

type Frame = z.output<typeof chatFrame | typeof chatRemovedFrame | typeof readFrame>;

/**
 * Posts a frame to the inboxes of these users, wherever they are participants. Never throws: what it tells is stored, and a
 * client that misses it learns it when it catches up.
 */
export async function tellUsers(userIds: string[], frame: Frame): Promise<void> {
  try {
    await broadcast(await listInboxes(userIds), frame);
  } catch (error) {
    log.warn('inboxes not told', { type: frame.type, chatId: frame.chatId, error });
  }
}
