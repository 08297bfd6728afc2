import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { settingOwn } from './limits.ts';
import { notifications } from './own-settings.ts';
import { inChat } from './path.ts';

export const setNotifications = defineEndpoint({
  name: 'chats/set-notifications',
  method: 'PUT',
  path: '/chats/{chatId}/notifications',
  access: 'user',
  limits: [settingOwn],
  summary: 'Choose which messages of a chat notify me; replaces both fields',
  params: inChat,
  body: notifications,
  response: z.object({ notifications }),
  example: { body: { level: 'mentions' } },
  problems: ['not_a_participant', 'too_many_requests'],
});
