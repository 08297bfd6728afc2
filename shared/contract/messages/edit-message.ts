import * as z from 'zod/mini';
import { mentioning } from '../chats/draft.ts';
import { changing } from '../chats/limits.ts';
import { messageResponse } from '../chats/message.ts';
import { defineEndpoint } from '../endpoint.ts';
import { caption } from '../fields/index.ts';
import { ofMessage } from './path.ts';

export const editMessage = defineEndpoint({
  name: 'messages/edit-message',
  method: 'PATCH',
  path: '/chats/{chatId}/messages/{messageId}',
  access: 'user',
  limits: [changing],
  summary: 'Edit the text of my message; its mentions stay unless they are given',
  params: ofMessage,
  body: z.object({ content: caption.check(z.describe('May be empty only in a message with files.')), ...mentioning }),
  response: messageResponse,
  example: { body: { content: 'Edited text' } },
  problems: [
    'chat_locked',
    'suspended',
    'not_a_participant',
    'blocked',
    'role_too_low',
    'not_the_author',
    'message_not_found',
    'message_deleted',
    'not_editable',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
