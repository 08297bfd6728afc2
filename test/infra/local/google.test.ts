import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createMeeting } from '#shared/contract/google/create-meeting.ts';
import { answerAsGoogle, googlePath, googleStandInClient } from '../../../infra/local/stand-ins/google.ts';
import { link } from '../../functions/google/linked.ts';
import { call } from '../../support/call.ts';
import { newPerson } from '../../support/people.ts';
import { aws } from '../../support/stand-ins/aws.ts';

/** An app can test on a laptop how it deals with what Google refuses: docs/develop.md lists the words. */

beforeAll(async () => {
  const server = createServer((request, response) => void answerAsGoogle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('GOOGLE_OAUTH_URL', url + googlePath);
  vi.stubEnv('GOOGLE_MEET_URL', `${url}/`);
  aws.secrets.set('operator', JSON.stringify(googleStandInClient));
});

describe('Google on a laptop', () => {
  test.each(['anything', 'ya29.a-token', '4/a-code', '4/a-code', '4%2Fa-code', 'ya29.renewable-token'])(
    'takes %s',
    async (token) => {
      const anna = await newPerson();
      expect((await link(anna, token)).status).toBe(200);
      expect((await call(createMeeting, anna, { body: {} })).status).toBe(200);
    },
  );

  test.each([
    ['invalid', 422, 'google_token_invalid'],
    ['ya29.invalid', 422, 'google_token_invalid'],
    ['ya29.expired', 422, 'google_token_invalid'],
    ['4/invalid', 422, 'google_token_invalid'],
    ['4/expired', 422, 'google_token_invalid'],
    ['4/used', 422, 'google_token_invalid'],
    ['4/other-app', 422, 'google_wrong_audience'],
    ['no-scope', 422, 'google_scope_missing'],
  ])('refuses %s', async (token, status, code) => {
    expect(await link(await newPerson(), token)).toMatchObject({ status, body: { code } });
  });

  test.each([
    ['ya29.revoked', 409, 'google_link_expired'],
    ['4/revoked', 409, 'google_link_expired'],
    ['4/disabled', 503, 'google_not_configured'],
    ['4/blocked', 403, 'google_blocked'],
  ])('takes %s, and refuses a meeting with it', async (token, status, code) => {
    const anna = await newPerson();
    expect((await link(anna, token)).status).toBe(200);
    expect(await call(createMeeting, anna, { body: {} })).toMatchObject({ status, body: { code } });
  });
});
