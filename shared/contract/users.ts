import * as z from 'zod/mini';
import { days, defineEndpoint, hours, minutes } from './endpoint.ts';
import { code, email, id, newPassword, personName, phone, success, time, triedPassword } from './fields.ts';

/** A user's own profile. */
export const user = z.object({
  id,
  email: z.optional(email),
  name: z.string(),
  phone: z.optional(z.string()),
});

export const userResponse = z.object({ user });
const wrongProofs = { per: 'user', allow: 10, within: minutes(15), counts: 'wrong guesses' } as const;

/**
 * Whatever changes how an account is opened requires its password, or a code sent to its phone: a stolen access token
 * isn't enough.
 */
const proof = {
  password: z.optional(triedPassword).check(z.describe('Either this or `code`.')),
  code: z.optional(code).check(z.describe('A code sent to the account’s phone.')),
};

export const getMe = defineEndpoint({
  name: 'users/get-me',
  method: 'GET',
  path: '/users/me',
  access: 'session',
  summary: 'Read my profile',
  response: userResponse,
  problems: [],
});

export const updateMe = defineEndpoint({
  name: 'users/update-me',
  method: 'PATCH',
  path: '/users/me',
  access: 'session',
  summary: 'Change my name',
  body: z.object({ name: personName }),
  response: userResponse,
  example: { body: { name: 'User Name' } },
  problems: [],
});

export const linkPhone = defineEndpoint({
  name: 'users/link-phone',
  method: 'PUT',
  path: '/users/me/phone',
  hashesPassword: true,
  access: 'session',
  limits: [wrongProofs],
  summary: 'Link a phone to my account, or replace it, with a code sent to the new one',
  body: z.object({
    phone,
    code,
    password: z.optional(triedPassword).check(z.describe('The account’s password: either this or `currentCode`.')),
    currentCode: z.optional(code).check(z.describe('A code sent to the account’s old phone.')),
  }),
  response: userResponse,
  example: { body: { phone: '+79991234567', code: '123456', password: 'correct horse' } },
  problems: [
    'wrong_code',
    'wrong_credentials',
    'proof_missing',
    'phone_taken',
    'changed_meanwhile',
    'too_many_requests',
  ],
});

export const linkEmail = defineEndpoint({
  name: 'users/link-email',
  method: 'PUT',
  path: '/users/me/email',
  hashesPassword: true,
  access: 'session',
  limits: [wrongProofs],
  summary: 'Link an email to my account, or replace it, with the account’s password; the first email sets the password',
  body: z.object({
    email,
    password: newPassword.check(z.describe('The account’s password, or its first one if it has none.')),
    code: z.optional(code).check(z.describe('A code sent to the account’s phone, if the account has no password.')),
  }),
  response: userResponse,
  example: { body: { email: 'user@example.com', password: 'correct horse' } },
  problems: [
    'wrong_code',
    'wrong_credentials',
    'proof_missing',
    'password_too_common',
    'email_taken',
    'changed_meanwhile',
    'too_many_requests',
  ],
});

export const deleteMe = defineEndpoint({
  name: 'users/delete-me',
  method: 'DELETE',
  path: '/users/me',
  hashesPassword: true,
  access: 'session',
  limits: [wrongProofs],
  summary: 'Delete my account; my messages stay, under the name "Deleted user"',
  body: z.object(proof),
  response: success,
  example: { body: { password: 'correct horse' } },
  problems: ['wrong_credentials', 'wrong_code', 'proof_missing', 'too_many_requests'],
});

export const exportedUser = z.extend(user, { createdAt: time });
export const exportedSession = z.object({ device: z.string(), createdAt: time, lastUsedAt: time });
export const exportedChat = z.object({ id, role: z.string(), joinedAt: time, readSeq: z.int() });
export const formerChat = z.object({ id, leftAt: time });
export const ownMessage = z.object({ chatId: id, seq: z.int(), createdAt: time, content: z.string() });
const onFirstPage = z.describe('Only on the first page.');

export const exportMe = defineEndpoint({
  name: 'users/export-me',
  method: 'GET',
  path: '/users/me/export',
  access: 'session',
  limits: [{ per: 'user', allow: 5000, within: days(1) }],
  summary: 'Export everything about me, in pages; only messages are on pages after the first',
  query: z.object({
    cursor: z.optional(z.string().check(z.maxLength(300), z.describe('`cursor` from the page before.'))),
  }),
  response: z.object({
    user: z.optional(exportedUser).check(onFirstPage),
    sessions: z.optional(z.array(exportedSession)).check(onFirstPage),
    blockedUserIds: z.optional(z.array(id)).check(onFirstPage),
    chats: z.optional(z.array(exportedChat)).check(onFirstPage),
    formerChats: z.optional(z.array(formerChat)).check(onFirstPage),
    messages: z.array(ownMessage).check(z.describe('My messages, by chat and in order; a page may have none.')),
    cursor: z.optional(z.string()).check(z.describe('For the next page; absent on the last.')),
  }),
  problems: ['too_many_requests'],
});

export const foundUser = z.object({ id, name: z.string(), email: z.optional(email), phone: z.optional(phone) });

const fiftyAtMost = z.describe('At most 50 emails and phones together.');

export const findUsers = defineEndpoint({
  name: 'users/find-users',
  method: 'POST',
  path: '/users/lookup',
  access: 'session',
  limits: [{ per: 'user', allow: 40, within: hours(1) }],
  summary: 'Find the users who have these emails and phones',
  body: z
    .object({
      emails: z._default(z.array(email), []).check(fiftyAtMost),
      phones: z._default(z.array(phone), []).check(fiftyAtMost),
    })
    .check(
      z.refine(({ emails, phones }) => emails.length + phones.length <= 50, {
        error: 'must name at most 50 emails and phones together',
      }),
    ),
  response: z.object({ users: z.array(foundUser) }),
  example: { body: { emails: ['user@example.com'], phones: ['+79991234567'] } },
  problems: ['too_many_requests'],
});

export const blockedUser = z.object({ id, name: z.string(), blockedAt: time });

const ofUser = z.object({ userId: id });

export const blockUser = defineEndpoint({
  name: 'users/block-user',
  method: 'PUT',
  path: '/users/{userId}/block',
  access: 'session',
  limits: [{ per: 'user', allow: 100, within: hours(1) }],
  summary: 'Block a person: they can’t open a direct chat with me, write to it, or add me to a group',
  params: ofUser,
  response: success,
  problems: ['not_yourself', 'user_not_found', 'too_many_requests'],
});

export const unblockUser = defineEndpoint({
  name: 'users/unblock-user',
  method: 'DELETE',
  path: '/users/{userId}/block',
  access: 'session',
  summary: 'Unblock a person',
  params: ofUser,
  response: success,
  problems: [],
});

export const listBlocks = defineEndpoint({
  name: 'users/list-blocks',
  method: 'GET',
  path: '/users/me/blocks',
  access: 'session',
  summary: 'List the people I have blocked',
  response: z.object({ users: z.array(blockedUser) }),
  problems: [],
});
