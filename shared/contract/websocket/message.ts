import * as z from 'zod/mini';
import { draftFields, textOrFiles } from '../chats/draft.ts';
import { frameChat } from './frame-chat.ts';

/** Client to server. The stored message then goes to every connection of the chat. */
export const messageFrame = z.extend(draftFields, { type: z.literal('message'), chatId: frameChat }).check(textOrFiles);
