import * as z from 'zod/mini';
import { id } from '../fields/index.ts';

/** To inboxes: the user is in this chat now, or something of it has changed for the user only. `GET /chats/{chatId}` has it. */
export const chatFrame = z.object({ type: z.literal('chat'), chatId: id });

/** To inboxes: the user is not in this chat any more, or has removed it from the list. */
export const chatRemovedFrame = z.object({ type: z.literal('chat.removed'), chatId: id });
