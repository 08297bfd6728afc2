import * as z from 'zod/mini';
import { id } from '../fields/index.ts';

/** On an inbox: I have joined this chat, or changed something in it that only I see. `GET /chats/{chatId}` has the news. */
export const chatFrame = z.object({ type: z.literal('chat'), chatId: id });

/** On an inbox: I have left this chat, was removed from it, or have removed it from my list. */
export const chatRemovedFrame = z.object({ type: z.literal('chat.removed'), chatId: id });
