import * as z from 'zod/mini';

/**
 * Every way in which a request or a frame can be refused. `code` is what clients test for and never changes;
 * `title` is for people. Over REST a problem travels as RFC 9457 `application/problem+json`,
 * over a socket as the frame `{"type":"error","code","message"}`.
 */
export const problems = {
  malformed_json: { status: 400, title: 'The body is not valid JSON.' },
  invalid_input: { status: 400, title: 'Some fields are missing or have a wrong value.' },
  unknown_type: { status: 400, title: 'This frame type is not known. Send "message", "sync" or "ping".' },
  token_missing: { status: 401, title: 'Send the header "Authorization: Bearer {accessToken}".' },
  token_invalid: { status: 401, title: 'The token is not valid. Log in again.' },
  token_expired: {
    status: 401,
    title: 'The token has expired. Get a new one from POST /auth/refresh, or log in again.',
  },
  session_ended: { status: 401, title: 'This session has ended. Log in again.' },
  wrong_credentials: { status: 401, title: 'The email or the password is wrong.' },
  wrong_code: { status: 401, title: 'The code is wrong or no longer valid. Ask for a new one: POST /auth/code.' },
  not_a_participant: { status: 403, title: 'You are not a participant of this chat.' },
  role_too_low: { status: 403, title: 'Your role in this group does not allow this.' },
  blocked: { status: 403, title: 'One of you two has blocked the other.' },
  route_not_found: { status: 404, title: 'There is no such endpoint.' },
  invite_not_found: { status: 404, title: 'No group has this invite code.' },
  user_not_found: { status: 404, title: 'There is no such user.' },
  member_not_found: { status: 404, title: 'This user is not in the group.' },
  message_not_found: { status: 404, title: 'There is no such message in this chat.' },
  session_not_found: { status: 404, title: 'You have no such session.' },
  method_not_allowed: { status: 405, title: 'This endpoint does not have this method.' },
  email_taken: { status: 409, title: 'This email already has an account. Log in instead.' },
  phone_taken: { status: 409, title: 'This phone belongs to another account.' },
  client_id_reused: { status: 409, title: 'This clientId was used for a message with other content.' },
  changed_meanwhile: { status: 409, title: 'Somebody changed this at the same time. Read it again, then retry.' },
  google_not_linked: { status: 409, title: 'Link your Google account first: POST /auth/gmail/token.' },
  google_link_expired: { status: 409, title: 'The link to your Google account has expired. Link it again.' },
  payload_too_large: { status: 413, title: 'The body is too large: 64 KB at most.' },
  url_too_long: { status: 414, title: 'The URL is too long: 4,000 characters at most.' },
  proof_missing: { status: 422, title: 'Prove that it is you: send the password, or a code sent to your phone.' },
  password_too_common: { status: 422, title: 'This password is one of the most common ones. Choose another.' },
  country_not_served: { status: 422, title: 'Codes are not sent to phones of this country.' },
  google_token_invalid: { status: 422, title: 'Google does not accept this token. It may have expired.' },
  google_wrong_audience: { status: 422, title: 'This token was issued to another app.' },
  google_scope_missing: { status: 422, title: 'This token does not allow meetings.space.created.' },
  not_yourself: { status: 422, title: 'You cannot do this to yourself.' },
  not_a_group: { status: 422, title: 'This is a direct chat, not a group.' },
  unknown_participants: { status: 422, title: 'Some of the users do not exist.' },
  group_full: { status: 422, title: 'The group has reached its 1,000 participants.' },
  too_many_requests: { status: 429, title: 'Too many requests. Try again after the time in Retry-After.' },
  assistant_budget_spent: { status: 429, title: 'The assistant has answered enough for today. Ask again later.' },
  internal: { status: 500, title: 'Something went wrong on our side.' },
  assistant_failed: { status: 502, title: 'The assistant could not answer. Ask again.' },
  assistant_busy: { status: 503, title: 'The assistant is busy. Ask again after the time in Retry-After.' },
  assistant_not_configured: { status: 503, title: 'This server has no assistant yet.' },
  assistant_timeout: { status: 504, title: 'The assistant took too long. Ask again.' },
  google_busy: { status: 503, title: 'Google does not answer. Try again after the time in Retry-After.' },
  google_not_configured: { status: 503, title: 'This server is not connected with Google yet.' },
  unavailable: { status: 503, title: 'A service that this one depends on is briefly unavailable. Try again.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

export const fieldError = z.object({
  path: z.string().check(z.describe('With dots, such as "participantIds.3"; empty for the body as a whole.')),
  message: z.string(),
});

export type FieldError = z.output<typeof fieldError>;

/** The body of every REST answer that is not 200. */
export const problem = z.object({
  type: z.string().check(z.describe('Always "about:blank": look at `code`.')),
  title: z.string().check(z.describe('What is wrong and what to do, for people.')),
  status: z.int(),
  code: z.string().check(z.describe('What to test for. Codes never change, but there may be new ones.')),
  detail: z.optional(z.string()).check(z.describe('Details beyond the title.')),
  requestId: z.string().check(z.describe('Finds the request in the log; also in the header x-request-id.')),
  errors: z
    .optional(z.array(fieldError))
    .check(
      z.describe('The wrong fields, with `invalid_input`; the refused ids, with `unknown_participants` and `blocked`.'),
    ),
});
