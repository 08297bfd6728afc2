import { beforeEach, describe, expect, test } from 'vitest';
import { unlinkGoogle } from '#shared/contract/google/unlink-google.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { getGoogleLink } from '#shared/data/accounts/google-links.ts';
import { unseal } from '#shared/google/vault.ts';
import { call } from '../../support/call.ts';
import { newPerson, password } from '../../support/people.ts';
import { google } from '../../support/stand-ins/google.ts';
import { link, linked } from './linked.ts';

const paths = () => google.requests.map(({ path }) => path);

beforeEach(() => google.behave());

describe('linking Google', () => {
  test('accepts a server auth code and stores its refresh token', async () => {
    const anna = await newPerson();
    expect(await link(anna, '4/code')).toMatchObject({ status: 200, body: { success: true } });
    expect(paths()).toEqual(['/oauth/token', '/oauth/tokeninfo']);
    expect(new URLSearchParams(google.requests[0]?.body).get('code')).toBe('4/code');
    const { sealedTokens = '' } = (await getGoogleLink(anna.id)) ?? {};
    expect(await unseal(anna.id, sealedTokens)).toMatchObject({ accessToken: 'ya29.new', refreshToken: '1//refresh' });
  });

  test.each(['4%2F0AX4XfWj', '4%2f0AX4XfWj', ' 4/0AX4XfWj\n', '\t4%2F0AX4XfWj\r\n'])(
    'accepts a server auth code as it is in a URL, or with blanks around it: %j',
    async (token) => {
      expect((await link(await newPerson(), token)).status).toBe(200);
      expect(new URLSearchParams(google.requests[0]?.body).get('code')).toBe('4/0AX4XfWj');
    },
  );

  test('accepts an access token', async () => {
    const anna = await newPerson();
    expect((await link(anna, 'ya29.mine')).status).toBe(200);
    expect(paths()).toEqual(['/oauth/tokeninfo']);
    expect(google.requests[0]?.authorization).toBe('Bearer ya29.mine');
  });

  test('stores the tokens so that only KMS can decrypt them, and only for this user', async () => {
    const [anna, eve] = [await linked(), await newPerson()];
    const { sealedTokens = '' } = (await getGoogleLink(anna.id)) ?? {};
    expect(Buffer.from(sealedTokens, 'base64').toString('latin1')).not.toContain('ya29');
    await expect(unseal(eve.id, sealedTokens)).rejects.toThrow();
  });

  const aud = { aud: 'another-app', expires_in: 3599, scope: 'https://www.googleapis.com/auth/meetings.space.created' };
  test.each([
    ['of another app', { '/oauth/tokeninfo': { body: aud } }, 422, 'google_wrong_audience'],
    [
      'without the scope',
      { '/oauth/tokeninfo': { body: { aud: 'our-ios-client', expires_in: 1, scope: 'email' } } },
      422,
      'google_scope_missing',
    ],
    ['that Google does not know', { '/oauth/tokeninfo': { status: 400 } }, 422, 'google_token_invalid'],
    ['while Google is unavailable', { '/oauth/tokeninfo': { status: 503 } }, 503, 'google_busy'],
    ['while Google is throttling', { '/oauth/tokeninfo': { status: 429 } }, 503, 'google_busy'],
  ])('rejects a token %s', async (_what, answers, status, code) => {
    const anna = await newPerson();
    google.behave(answers);
    expect(await link(anna, 'ya29.mine')).toMatchObject({ status, body: { code } });
    expect(await getGoogleLink(anna.id)).toBeUndefined();
  });

  test('rejects an auth code that was already used', async () => {
    google.behave({ '/oauth/token': { status: 400 } });
    expect(await link(await newPerson(), '4/used')).toMatchObject({
      status: 422,
      body: { code: 'google_token_invalid' },
    });
  });

  test('ends with unlinking, which revokes the token at Google and succeeds even if Google fails', async () => {
    for (const answers of [{}, { '/oauth/revoke': { status: 500 } }]) {
      const anna = await linked();
      google.behave(answers);
      expect((await call(unlinkGoogle, anna)).status).toBe(200);
      expect(google.requests).toMatchObject([{ path: '/oauth/revoke', body: 'token=1%2F%2Frefresh' }]);
      expect(await getGoogleLink(anna.id)).toBeUndefined();
      expect((await call(unlinkGoogle, anna)).status).toBe(200);
    }
  });
});

describe('deleting the account', () => {
  test.each([200, 500])('revokes the Google token and succeeds when Google answers %i', async (status) => {
    const anna = await linked();
    google.behave({ '/oauth/revoke': { status } });
    expect((await call(deleteMe, anna, { body: { password } })).status).toBe(200);
    expect(google.requests[0]).toMatchObject({ path: '/oauth/revoke', body: 'token=1%2F%2Frefresh' });
    expect(await getGoogleLink(anna.id)).toBeUndefined();
  });
});
