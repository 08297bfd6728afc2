import { defineEndpoint } from '../endpoint.ts';
import { success } from '../fields/index.ts';
import { leaving } from './limits.ts';
import { inChat } from './path.ts';

export const leaveChat = defineEndpoint({
  name: 'chats/leave-chat',
  method: 'DELETE',
  path: '/chats/{chatId}',
  access: 'session',
  limits: [leaving],
  summary: 'Remove a chat from my list: leaves a group; a direct chat comes back with its next message',
  params: inChat,
  response: success,
  problems: ['not_a_participant', 'too_many_requests'],
});
