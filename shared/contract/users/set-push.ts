import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { success } from '../fields/index.ts';

export const pushPlatform = z.enum(['android', 'ios', 'web']);

export const setPush = defineEndpoint({
  name: 'users/set-push',
  method: 'PUT',
  path: '/users/me/push',
  access: 'session',
  // More than an app that registers at each start needs, and a write for each.
  limits: [{ per: 'user', allow: 60, within: hours(1) }],
  summary: 'Register the device of this session for push notifications',
  body: z.object({
    token: z
      .string()
      .check(
        z.regex(/^[\x21-\x7e]{1,1024}$/, 'must be a registration token of Firebase Cloud Messaging'),
        z.describe('The registration token of Firebase Cloud Messaging. A session has one: a new one replaces it.'),
      ),
    platform: pushPlatform,
    locale: z
      .optional(z.string().check(z.maxLength(35)))
      .check(z.describe('The device’s language, such as "ru-RU": the notifications are in it, as far as we have it.')),
  }),
  response: success,
  example: { body: { token: 'bk3RNwTe3H0:CI2k_HHwgIpoDKCIZvvDMExUdFQ3P1', platform: 'android', locale: 'ru-RU' } },
  problems: ['too_many_requests'],
});
