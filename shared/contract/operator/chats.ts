import * as z from 'zod/mini';
import { message } from '../chats/message.ts';
import { id, text, time } from '../fields/index.ts';
import { defineCommand } from './command.ts';
import { chatId, messageId, reason } from './fields.ts';

export const removeMessage = defineCommand({
  name: 'remove-message',
  summary: 'Delete a message and its files for everybody; it shows that the operator deleted it',
  effect: 'final',
  input: z.object({ messageId, reason, chatId: z.optional(chatId) }),
  positional: ['messageId'],
  response: z.object({ message }),
  problems: ['message_not_found', 'not_deletable', 'changed_meanwhile'],
});

const lockedChat = z.object({ chatId: id, lockedAt: z.optional(time) });

export const lockChat = defineCommand({
  name: 'lock-chat',
  summary: 'Lock a chat: its participants can only read it, leave it and delete messages',
  effect: 'changes',
  input: z.object({ chatId, reason }),
  positional: ['chatId'],
  response: lockedChat,
  problems: ['chat_not_found'],
});

export const unlockChat = defineCommand({
  name: 'unlock-chat',
  summary: 'Unlock a chat',
  effect: 'changes',
  input: z.object({ chatId, reason }),
  positional: ['chatId'],
  response: lockedChat,
  problems: ['chat_not_found'],
});

export const announce = defineCommand({
  name: 'announce',
  summary: 'Write a system message into a chat, in the name of the operator',
  effect: 'changes',
  input: z.object({ chatId, text: text(1, 4000).check(z.describe('What to announce.')), reason }),
  positional: ['chatId', 'text'],
  response: z.object({ message }),
  problems: ['chat_not_found'],
});
