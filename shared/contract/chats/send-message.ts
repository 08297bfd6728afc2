import { defineEndpoint } from '../endpoint.ts';
import { draft } from './draft.ts';
import { sending } from './limits.ts';
import { messageResponse } from './message.ts';
import { inChat } from './path.ts';

export const sendMessage = defineEndpoint({
  name: 'chats/send-message',
  method: 'POST',
  path: '/chats/{chatId}/messages',
  access: 'user',
  limits: [sending],
  summary: 'Send a message',
  params: inChat,
  body: draft,
  response: messageResponse,
  example: { body: { content: 'Message text', clientId: 'client-id' } },
  problems: [
    'chat_locked',
    'suspended',
    'not_a_participant',
    'blocked',
    'posting_restricted',
    'role_too_low',
    'unknown_reply',
    'file_refused',
    'files_not_configured',
    'client_id_reused',
    'too_many_requests',
  ],
});
