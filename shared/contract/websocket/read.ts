import * as z from 'zod/mini';
import { markRead } from '../chats/mark-read.ts';
import { frameChat } from './frame-chat.ts';

/** Client to server: marks messages as read, as `POST /chats/{chatId}/read` does. The answer is a `read` frame with the mark. */
export const markReadFrame = z.extend(markRead.body, { type: z.literal('read'), chatId: frameChat });
