import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { id, reason, success } from '../fields/index.ts';

export const reportMessage = defineEndpoint({
  name: 'chats/report-message',
  method: 'POST',
  path: '/messages/report',
  access: 'session',
  limits: [{ per: 'user', allow: 50, within: hours(1) }],
  summary: 'Report a message to the operator',
  body: z.object({ chatId: id, messageId: id, reason }),
  response: success,
  example: { body: { chatId: 'chat-id', messageId: 'message-id', reason: 'Spam' } },
  problems: ['not_a_participant', 'message_not_found', 'message_deleted', 'too_many_requests'],
});
