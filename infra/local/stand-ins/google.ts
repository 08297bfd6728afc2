import { randomBytes, randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http/read-body.ts';

/** Google's OAuth on a laptop. */
export const googlePath = '/_local/google';
/** The Meet API's own path. */
export const meetPath = '/v2/spaces';

/** The only client that the stand-in knows. */
export const googleStandInClient = { googleClientId: 'local-client', googleClientSecret: 'local' };

const meetScope = 'https://www.googleapis.com/auth/meetings.space.created';

interface Answer {
  status: number;
  body: object;
}

const ok = (body: object): Answer => ({ status: 200, body });
const refuse = (status: number, body: object): Answer => ({ status, body });
const random = () => randomBytes(16).toString('base64url');
const letters = (count: number) =>
  Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join('');

/** A word in a token or a code says how Google treats it: docs/develop.md lists the words. */
const isOneOf = (words: string, token: string) => new RegExp(`\\b(${words})\\b`).test(token);
const unusable = 'invalid|expired|used';

/** Exchanges a code, or renews an access token. The new tokens have the words of the old one. */
function exchange(form: URLSearchParams): Answer {
  const [code, refreshToken = ''] = [form.get('code') ?? undefined, form.get('refresh_token') ?? undefined];
  if (code === undefined ? isOneOf('revoked', refreshToken) : isOneOf(unusable, code))
    return refuse(400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' });
  const name = `${(code ?? refreshToken).replace(/^\d\/+/, '')}-${random()}`;
  return ok({
    access_token: `ya29.renewable-${name}`,
    ...(code !== undefined && { refresh_token: `1//${name}` }),
    expires_in: 3599,
    token_type: 'Bearer',
  });
}

function describe(token: string): Answer {
  if (isOneOf(unusable, token)) return refuse(400, { error: 'invalid_token', error_description: 'Invalid Value' });
  return ok({
    aud: isOneOf('other-app', token) ? 'another-client' : googleStandInClient.googleClientId,
    // Short for tokens that can be refreshed, so that refreshing happens on a laptop too.
    expires_in: isOneOf('renewable', token) ? 60 : 3599,
    scope: isOneOf('no-scope', token) ? 'openid email' : `openid email ${meetScope}`,
    sub: '100000000000000000001',
    email: 'somebody@gmail.com',
  });
}

function denySpace(reason: string, message: string): Answer {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }];
  return refuse(403, { error: { code: 403, message, status: 'PERMISSION_DENIED', details } });
}

/** A meeting whose link leads nowhere. */
function createSpace(token: string): Answer {
  if (isOneOf('revoked', token))
    return refuse(401, { error: { code: 401, message: 'Invalid Credentials', status: 'UNAUTHENTICATED' } });
  if (isOneOf('disabled', token))
    return denySpace('SERVICE_DISABLED', 'Google Meet API has not been used in project 1 before or it is disabled.');
  if (isOneOf('blocked', token)) return denySpace('USER_BLOCKED_BY_ADMIN', 'The administrator has blocked this app.');
  const code = `${letters(3)}-${letters(4)}-${letters(3)}`;
  return ok({ name: `spaces/${code}`, meetingUri: `https://meet.google.com/${code}`, meetingCode: code });
}

/** Answers as Google's OAuth and its Meet API do. */
export async function answerAsGoogle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(String(await readBody(request)));
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
  const answers: Record<string, () => Answer> = {
    [`${googlePath}/token`]: () => exchange(form),
    [`${googlePath}/tokeninfo`]: () => describe(token),
    [`${googlePath}/revoke`]: () => ok({}),
    [meetPath]: () => createSpace(token),
  };
  const { pathname } = new URL(request.url ?? '/', 'http://local');
  const { status, body } = answers[pathname]?.() ?? refuse(404, {});
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
