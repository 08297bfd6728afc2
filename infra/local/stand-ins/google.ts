import { randomBytes, randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http/read-body.ts';

/** Google's OAuth on a laptop. */
export const googlePath = '/_local/google';
/** The Meet API's own path. */
export const meetPath = '/v2/spaces';

/** The only client that the stand-in knows. */
export const googleStandInClient = { googleClientId: 'local-client', googleClientSecret: 'local' };

const scope = 'openid email https://www.googleapis.com/auth/meetings.space.created';
const letters = (count: number) =>
  Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join('');

/** Accepts any token and any code, and returns meeting links that lead nowhere. */
export async function answerAsGoogle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await readBody(request);
  const answers: Record<string, () => object> = {
    [`${googlePath}/token`]: () => ({
      access_token: `ya29.renewable-${randomBytes(16).toString('base64url')}`,
      refresh_token: `1//${randomBytes(16).toString('base64url')}`,
      expires_in: 3599,
      scope,
      token_type: 'Bearer',
    }),
    [`${googlePath}/tokeninfo`]: () => ({
      aud: googleStandInClient.googleClientId,
      // Short for tokens that can be refreshed, so that refreshing happens on a laptop too.
      expires_in: request.headers.authorization?.includes('renewable') ? 60 : 3599,
      scope,
      sub: '100000000000000000001',
      email: 'somebody@gmail.com',
    }),
    [`${googlePath}/revoke`]: () => ({}),
    [meetPath]: () => {
      const code = `${letters(3)}-${letters(4)}-${letters(3)}`;
      return { name: `spaces/${code}`, meetingUri: `https://meet.google.com/${code}`, meetingCode: code };
    },
  };
  const { pathname } = new URL(request.url ?? '/', 'http://local');
  const answer = answers[pathname];
  response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer?.() ?? {}));
}
