import { deliverLive, listLiveConnections } from '#shared/delivery/live.ts';
import { log } from '#shared/platform/log.ts';
import { settings } from '#shared/platform/settings.ts';

/**
 * Tells the others in a chat that a user is writing, unless it has more participants than the stage allows for that. Only
 * connections that asked for live frames. Never throws.
 */
export async function deliverTyping(userId: string, chatId: string): Promise<void> {
  try {
    const connections = await listLiveConnections(chatId, { maxParticipants: settings.maxTypingParticipants() });
    const others = connections.filter((connection) => connection.userId !== userId);
    await deliverLive(others, userId, { type: 'typing', chatId, userId });
  } catch (error) {
    log.warn('typing not delivered', { chatId, error });
  }
}
