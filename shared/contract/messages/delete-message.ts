import * as z from 'zod/mini';
import { changing } from '../chats/limits.ts';
import { messageResponse } from '../chats/message.ts';
import { defineEndpoint } from '../endpoint.ts';
import { reason } from '../fields/index.ts';
import { ofMessage } from './path.ts';

export const deleteMessage = defineEndpoint({
  name: 'messages/delete-message',
  method: 'DELETE',
  path: '/chats/{chatId}/messages/{messageId}',
  access: 'user',
  limits: [changing],
  summary: 'Delete a message for everybody: mine, the answer to my question or, as owner or admin, one of a member',
  params: ofMessage,
  body: z.object({ reason: z.optional(reason) }),
  response: messageResponse,
  example: { body: { reason: 'Advertising' } },
  problems: [
    'suspended',
    'not_a_participant',
    'role_too_low',
    'message_not_found',
    'not_deletable',
    'too_many_requests',
  ],
});
