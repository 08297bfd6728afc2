import { type Mutant, mutantsOf } from '../mutant.ts';

/** How one-time codes, tickets and invite codes are made and used, and how long public keys last. */

const auth = (title: string) => `test/functions/auth/${title}`;
const made = (title: string) => `test/accounts/secrets.test.ts "${title}"`;

export const secrets: Mutant[] = [
  ...mutantsOf('shared/data/control/public-keys.ts', [
    {
      name: 'publishing a public key again prolongs it',
      find: ', ...isNew }',
      replace: ' }',
      killedBy: 'test/functions/rotate-keys.test.ts "publishing a key again does not prolong it"',
    },
    {
      name: 'every rotation prolongs all public keys',
      find: "'attribute_exists(pk) AND attribute_not_exists(expiresAt)'",
      replace: "'attribute_exists(pk)'",
      killedBy:
        'test/functions/rotate-keys.test.ts "a key is replaced by another, and removed only when its last token has expired"',
    },
  ]),
  ...mutantsOf('shared/accounts/one-time-codes.ts', [
    {
      name: 'the one-time code is always the same',
      find: "String(randomInt(1_000_000)).padStart(6, '0')",
      replace: "'123456'",
      killedBy: made('is, as a one-time code, six digits of which each can be anything'),
      asvs: ['6.5.3'],
    },
    {
      name: 'one-time codes have two random digits',
      find: 'randomInt(1_000_000)',
      replace: 'randomInt(100)',
      killedBy: made('is, as a one-time code, six digits of which each can be anything'),
      asvs: ['6.5.3'],
    },
    {
      name: 'one-time codes come from Math.random',
      find: 'randomInt(1_000_000)',
      replace: 'Math.floor(Math.random() * 1_000_000)',
      killedBy: made('is, as a one-time code, six digits of which each can be anything'),
      asvs: ['6.5.3'],
    },
    {
      name: 'a one-time code lives an hour',
      find: 'codeLifetime = 5 * 60',
      replace: 'codeLifetime = 60 * 60',
      killedBy: auth('one-time-codes.test.ts "expires after five minutes"'),
      asvs: ['6.5.5'],
    },
    {
      name: 'a one-time code is used again and again',
      find: '(await consumeOneTimeCode(phone, digest)) !== undefined',
      replace: 'false',
      killedBy: auth('one-time-codes.test.ts "can be used once: of five simultaneous logins one succeeds"'),
      asvs: ['6.4.1'],
    },
    {
      name: 'any code is right for a phone that has asked for one',
      find: 'update(`${phone}:${code}`)',
      replace: 'update(phone)',
      killedBy: auth('one-time-codes.test.ts "becomes invalid when a newer one is sent"'),
      asvs: ['6.6.2'],
    },
  ]),
  ...mutantsOf('shared/data/accounts/one-time-codes.ts', [
    {
      name: 'a one-time code has twelve tries',
      find: 'maxTries = 5',
      replace: 'maxTries = 12',
      killedBy: auth('one-time-codes.test.ts "becomes invalid after five wrong attempts"'),
      asvs: ['6.6.3'],
    },
  ]),
  ...mutantsOf('shared/accounts/tickets.ts', [
    {
      name: 'a ticket has 24 bits',
      find: 'randomBytes(32)',
      replace: 'randomBytes(3)',
      killedBy: made('is, as a ticket, 256 bits of which each can be anything'),
      asvs: ['11.5.1'],
    },
    {
      name: 'tickets come from Math.random',
      find: "randomBytes(32).toString('base64url')",
      replace: "Buffer.from(Array.from({ length: 32 }, () => Math.random() * 256)).toString('base64url')",
      killedBy: made('is, as a ticket, 256 bits of which each can be anything'),
      asvs: ['11.5.1'],
    },
    {
      name: 'a ticket opens any number of sockets',
      find: '  return holder;',
      replace:
        '  await storeTicket(hashOf(ticket), holder, Math.floor(Date.now() / 1000) + ticketLifetime);\n  return holder;',
      killedBy: auth('tickets.test.ts "opens one socket"'),
      asvs: ['4.4.3', '14.2.1'],
    },
  ]),
  ...mutantsOf('shared/chats/groups.ts', [
    {
      name: 'invite codes come from Math.random',
      find: 'inviteAlphabet[randomInt(inviteAlphabet.length)]',
      replace: 'inviteAlphabet[Math.floor(Math.random() * inviteAlphabet.length)]',
      killedBy: made('is, as an invite code, eight symbols of which each can be anything'),
    },
  ]),
  ...mutantsOf('functions/users/link-phone.ts', [
    {
      name: 'a phone is linked without a code sent to it',
      find: '  await redeemCode(phone, body.code, phone === user.phone);\n',
      replace: '',
      killedBy: 'test/functions/users/linking.test.ts "rejects a phone of another account, and a wrong one-time code"',
      asvs: ['2.3.1'],
    },
  ]),
];
