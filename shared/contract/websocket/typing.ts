import * as z from 'zod/mini';
import { frameChat } from './frame-chat.ts';

/**
 * Client to server: its user is writing. Others are told by a `typing` frame; nothing is answered, and more than one in five
 * seconds per chat is dropped.
 */
export const typingFrame = z.object({ type: z.literal('typing'), chatId: frameChat });
