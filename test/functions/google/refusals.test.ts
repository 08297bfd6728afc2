import { beforeEach, describe, expect, test } from 'vitest';
import { createMeeting } from '#shared/contract/google/create-meeting.ts';
import { unlinkGoogle } from '#shared/contract/google/unlink-google.ts';
import { getGoogleLink, renewGoogleLink } from '#shared/data/accounts/google-links.ts';
import { seal, unseal } from '#shared/google/vault.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { linesOf } from '../../support/log-lines.ts';
import { newPerson, type Person } from '../../support/people.ts';
import { google } from '../../support/stand-ins/google.ts';
import { link, linked } from './linked.ts';

/** Whose fault it is when Google refuses: users are never told to link again for what only the operator can fix. */

beforeEach(() => google.behave());

const oauth = (error: string, error_description: string, status = 400) => ({
  status,
  body: { error, error_description },
});

/** An error of Google's APIs. `reason` is what it says in its details. */
const api = (code: number, status: string, message: string, reason?: string) => {
  const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' };
  return { status: code, body: { error: { code, status, message, ...(reason && { details: [info] }) } } };
};
/** The older form of the same. */
const oldApi = (code: number, reason: string, message: string) => ({
  status: code,
  body: { error: { code, message, errors: [{ domain: 'usageLimits', reason, message }] } },
});

/** The answer to a request, and the log lines that it causes. */
async function watch(run: () => Promise<Json>): Promise<{ answer: Json; lines: string }> {
  let answer: Json;
  const lines = await linesOf(async () => {
    answer = await run();
  });
  return { answer, lines: JSON.stringify(lines) };
}

const meet = (person: Person) => call(createMeeting, person, { body: {} });

async function expire(person: Person): Promise<void> {
  const known = (await getGoogleLink(person.id)) ?? { sealedTokens: '' };
  const tokens = await unseal(person.id, known.sealedTokens);
  await renewGoogleLink(person.id, known, await seal(person.id, { ...tokens, expiresAt: Date.now() - 1000 }));
}

const ofTheOperator = [
  oauth('invalid_client', 'The OAuth client was not found.', 401),
  oauth('invalid_client', 'The provided client secret is invalid.', 401),
  oauth('deleted_client', 'The OAuth client was deleted.', 401),
  oauth('invalid_request', 'Missing parameter'),
  oauth('org_internal', 'This client is restricted to users within its organization.', 403),
  oauth('unsupported_grant_type', 'Invalid grant_type'),
];

describe('what only the operator can fix', () => {
  test.each(ofTheOperator)('is not the fault of a code: $body.error, $body.error_description', async (refusal) => {
    const anna = await newPerson();
    google.behave({ '/oauth/token': refusal });
    const { answer, lines } = await watch(() => link(anna, '4/code'));
    expect(answer).toMatchObject({ status: 503, body: { code: 'google_not_configured' } });
    expect(lines).toContain(refusal.body.error);
    expect(lines).toContain(refusal.body.error_description);
  });

  test.each(ofTheOperator)('is not the fault of a link: $body.error, $body.error_description', async (refusal) => {
    const anna = await linked();
    await expire(anna);
    google.behave({ '/oauth/token': refusal });
    expect(await meet(anna)).toMatchObject({ status: 503, body: { code: 'google_not_configured' } });
  });

  test.each([
    [
      'SERVICE_DISABLED',
      api(403, 'PERMISSION_DENIED', 'Google Meet API is disabled in project 7.', 'SERVICE_DISABLED'),
    ],
    ['accessNotConfigured', oldApi(403, 'accessNotConfigured', 'Access Not Configured.')],
    ['CONSUMER_INVALID', api(403, 'PERMISSION_DENIED', 'Project 7 was deleted.', 'CONSUMER_INVALID')],
    ['BILLING_DISABLED', api(403, 'PERMISSION_DENIED', 'Enable billing.', 'BILLING_DISABLED')],
    ['ORG_RESTRICTION_VIOLATION', api(403, 'PERMISSION_DENIED', 'Denied by policy.', 'ORG_RESTRICTION_VIOLATION')],
    ['PERMISSION_DENIED', api(403, 'PERMISSION_DENIED', 'The caller does not have permission.')],
    ['FAILED_PRECONDITION', api(400, 'FAILED_PRECONDITION', 'Precondition check failed.')],
    ['NOT_FOUND', api(404, 'NOT_FOUND', 'Method not found.')],
  ])('is not the fault of who opens a meeting: %s', async (reason, refusal) => {
    const anna = await linked();
    google.behave({ '/v2/spaces': refusal });
    const { answer, lines } = await watch(() => meet(anna));
    expect(answer).toMatchObject({ status: 503, body: { code: 'google_not_configured' } });
    expect(lines).toContain(reason);
    expect(lines).toContain(refusal.body.error.message);
    expect(lines).toContain('"level":"error"');
  });
});

describe('what passes', () => {
  test.each([
    ['RATE_LIMIT_EXCEEDED', api(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', 'RATE_LIMIT_EXCEEDED')],
    ['userRateLimitExceeded', oldApi(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded')],
    ['quotaExceeded', oldApi(403, 'quotaExceeded', 'Quota exceeded')],
    ['backendError', oldApi(500, 'backendError', 'Backend Error')],
    ['UNAVAILABLE', api(503, 'UNAVAILABLE', 'The service is unavailable.')],
  ])('is to be tried again: %s', async (reason, refusal) => {
    const anna = await linked();
    google.behave({ '/v2/spaces': refusal });
    const { answer, lines } = await watch(() => meet(anna));
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '10' }, body: { code: 'google_busy' } });
    expect(lines).toContain(reason);
  });
});

describe('what users can fix', () => {
  test.each([
    ['4/code', { '/oauth/token': oauth('invalid_grant', 'Malformed auth code.') }, 'Malformed auth code.'],
    ['ya29.mine', { '/oauth/tokeninfo': oauth('invalid_token', 'Invalid Value') }, 'Invalid Value'],
    [
      'ya29.mine',
      { '/oauth/tokeninfo': { status: 400, body: { error_description: 'Invalid Value' } } },
      'Invalid Value',
    ],
  ])('is told to who links with %s', async (token, answers, message) => {
    const anna = await newPerson();
    google.behave(answers);
    const { answer, lines } = await watch(() => link(anna, token));
    expect(answer).toMatchObject({ status: 422, body: { code: 'google_token_invalid' } });
    expect(lines).toContain(message);
    expect(lines).not.toContain('"level":"error"');
  });

  test.each([
    ['ACCESS_TOKEN_SCOPE_INSUFFICIENT', api(403, 'PERMISSION_DENIED', 'No.', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT')],
    ['insufficientPermissions', oldApi(403, 'insufficientPermissions', 'Insufficient Permission')],
    ['UNAUTHENTICATED', api(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.')],
    ['ACCESS_TOKEN_EXPIRED', api(401, 'UNAUTHENTICATED', 'Expired.', 'ACCESS_TOKEN_EXPIRED')],
    ['ACCOUNT_STATE_INVALID', api(401, 'UNAUTHENTICATED', 'Disabled.', 'ACCOUNT_STATE_INVALID')],
    ['authError', oldApi(401, 'authError', 'Invalid Credentials')],
  ])('is told to who opens a meeting: %s', async (reason, refusal) => {
    const anna = await linked();
    google.behave({ '/v2/spaces': refusal });
    const { answer, lines } = await watch(() => meet(anna));
    expect(answer).toMatchObject({ status: 409, body: { code: 'google_link_expired' } });
    expect(lines).toContain(reason);
  });

  test('is told after access was revoked, or when a link from the app’s testing phase has expired', async () => {
    const anna = await linked();
    await expire(anna);
    google.behave({ '/oauth/token': oauth('invalid_grant', 'Token has been expired or revoked.') });
    const { answer, lines } = await watch(() => meet(anna));
    expect(answer).toMatchObject({ status: 409, body: { code: 'google_link_expired' } });
    expect(lines).toContain('Token has been expired or revoked.');
  });
});

describe('what comes with a user’s code or account', () => {
  const blocked = oauth('admin_policy_enforced', 'Blocked by the administrator.');

  /** Nothing that raises the operator's alarm, but a line for the runbook's query. */
  function expectQuiet(
    { answer, lines }: { answer: Json; lines: string },
    status: number,
    code: string,
    reason: string,
  ) {
    expect(answer).toMatchObject({ status, body: { code } });
    expect(lines).toContain('"Google refused a token"');
    expect(lines).toContain(`"reason":"${reason}"`);
    expect(lines).not.toContain('"level":"error"');
  }

  test.each([
    ['unauthorized_client', oauth('unauthorized_client', 'Unauthorized', 401), 422, 'google_wrong_audience'],
    ['redirect_uri_mismatch', oauth('redirect_uri_mismatch', 'Bad Request'), 422, 'google_wrong_audience'],
    ['admin_policy_enforced', blocked, 403, 'google_blocked'],
  ])('is a 4xx when it is linked: %s', async (reason, refusal, status, code) => {
    const anna = await newPerson();
    google.behave({ '/oauth/token': refusal });
    expectQuiet(await watch(() => link(anna, '4/code')), status, code, reason);
  });

  test.each([
    ['unauthorized_client', oauth('unauthorized_client', 'Unauthorized', 401), 409, 'google_link_expired'],
    ['admin_policy_enforced', blocked, 403, 'google_blocked'],
  ])('is a 4xx when its token is renewed: %s', async (reason, refusal, status, code) => {
    const anna = await linked();
    await expire(anna);
    google.behave({ '/oauth/token': refusal });
    expectQuiet(await watch(() => meet(anna)), status, code, reason);
  });

  test.each([
    ['domainPolicy', oldApi(403, 'domainPolicy', 'The domain administrators have disabled apps.')],
    ['USER_BLOCKED_BY_ADMIN', api(403, 'PERMISSION_DENIED', 'Blocked.', 'USER_BLOCKED_BY_ADMIN')],
  ])('is a 4xx when a meeting is opened: %s', async (reason, refusal) => {
    const anna = await linked();
    google.behave({ '/v2/spaces': refusal });
    expectQuiet(await watch(() => meet(anna)), 403, 'google_blocked', reason);
  });
});

describe('the log', () => {
  test('names the client of a token that is for another one', async () => {
    const anna = await newPerson();
    google.behave({ '/oauth/tokeninfo': { body: { aud: 'forgotten-ios-client', expires_in: 9, scope: 'email' } } });
    const { answer, lines } = await watch(() => link(anna, 'ya29.mine'));
    expect(answer).toMatchObject({ status: 422, body: { code: 'google_wrong_audience' } });
    expect(lines).toContain('forgotten-ios-client');
  });

  test('has Google’s words without a token, a code or the secret that they quote', async () => {
    const anna = await linked();
    const words = 'Bad: ya29.a0AfB_x-y, 1//0e-Token, 4/0AX4x_f, 4%2F0AX4, GOCSPX-secret_1. Too bad.';
    google.behave({
      '/v2/spaces': api(400, 'INVALID_ARGUMENT', words),
      '/oauth/revoke': oauth('invalid_token', words),
    });
    const { lines } = await watch(async () => [await meet(anna), await call(unlinkGoogle, anna)]);
    expect(lines).toContain('INVALID_ARGUMENT');
    expect(lines).toContain('invalid_token');
    expect(lines).toContain('Too bad.');
    expect(lines).not.toMatch(/a0AfB|0e-Token|0AX4|secret_1/);
  });
});
