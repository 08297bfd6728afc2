import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { rule } from '../fields/rules.ts';
import { settingOwn } from './limits.ts';
import { place } from './own-settings.ts';
import { inChat } from './path.ts';

export const setPlace = defineEndpoint({
  name: 'chats/set-place',
  method: 'PUT',
  path: '/chats/{chatId}/place',
  access: 'user',
  limits: [settingOwn],
  summary: 'Pin or archive a chat in my list; a field that is absent stays as it is',
  params: inChat,
  body: z
    .partial(place)
    .check(
      rule<{ pinned?: boolean | undefined; archived?: boolean | undefined }>(
        'nothing_given',
        ({ pinned, archived }) => pinned !== undefined || archived !== undefined,
        'must change at least one field',
      ),
    ),
  response: z.object({ place }),
  example: { body: { pinned: true } },
  problems: ['not_a_participant', 'too_many_requests'],
});
