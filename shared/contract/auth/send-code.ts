import * as z from 'zod/mini';
import { days, defineEndpoint, hours, minutes } from '../endpoint.ts';
import { phone } from '../fields/index.ts';

export const sendCode = defineEndpoint({
  name: 'auth/send-code',
  method: 'POST',
  path: '/auth/code',
  access: 'public',
  feature: 'textMessages',
  // These limits prevent SMS fraud. The narrow ones come first, so that one caller can't use up what all callers share.
  limits: [
    { per: 'ip', allow: 20, within: hours(1) },
    { per: 'network', allow: 60, within: hours(1) },
    { per: 'phone', allow: 1, within: minutes(1), apartInKnownNetworks: true },
    { per: 'login+ip', allow: 5, within: days(1) },
    { per: 'phone', allow: 5, within: hours(1), apartInKnownNetworks: true },
    { per: 'stack', allow: 'hourlyTextMessages', within: hours(1), counts: 'what was done' },
    { per: 'stack', allow: 'dailyTextMessages', within: days(1), counts: 'what was done' },
    { per: 'stack', allow: 'monthlyTextMessages', within: days(30), counts: 'what was done' },
  ],
  summary: 'Send a one-time code to a phone, to log in or to link the phone; the answer is the same for every phone',
  body: z.object({ phone }),
  response: z.object({
    expiresIn: z.int().check(z.describe('How long the code is valid, in seconds.')),
    retryAfter: z.int().check(z.describe('Seconds until another code may be requested.')),
  }),
  example: { body: { phone: '+79991234567' } },
  problems: ['country_not_served', 'too_many_requests'],
});
