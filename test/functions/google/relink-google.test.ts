import { afterEach, describe, expect, test } from 'vitest';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { getGoogleLink, storeGoogleLink } from '#shared/data/accounts/google-links.ts';
import { seal, unseal } from '#shared/google/vault.ts';
import { call } from '../../support/call.ts';
import { interceptNext, interceptNothing } from '../../support/intercept-next.ts';
import { linesOf } from '../../support/log-lines.ts';
import { newPerson, type Person, password } from '../../support/people.ts';
import { google } from '../../support/stand-ins/google.ts';
import { link } from './linked.ts';

afterEach(interceptNothing);

describe('linking Google again', () => {
  const scope = 'openid https://www.googleapis.com/auth/meetings.space.created';

  /** Google with several accounts: that of the token "ya29.anna.2" is "anna"; "4/anna" gives it, with the refresh token "1//anna". */
  function manyAccounts(known: (account: string) => object = (account) => ({ sub: account })): void {
    google.behave({
      '/oauth/token': ({ body }) => {
        const account = new URLSearchParams(body).get('code')?.slice(2) ?? '';
        return { body: { access_token: `ya29.${account}`, refresh_token: `1//${account}`, expires_in: 3599 } };
      },
      '/oauth/tokeninfo': ({ authorization = '' }) => {
        const account = authorization.split('.')[1] ?? '';
        return { body: { aud: 'our-client', expires_in: 3599, scope, ...known(account) } };
      },
    });
  }

  const revoked = () =>
    google.requests
      .filter(({ path }) => path === '/oauth/revoke')
      .map(({ body }) => new URLSearchParams(body).get('token'));

  async function tokensOf(person: Person) {
    const { sealedTokens = '' } = (await getGoogleLink(person.id)) ?? {};
    return unseal(person.id, sealedTokens);
  }

  test('with another account revokes the grant of the previous one', async () => {
    const anna = await newPerson();
    manyAccounts();
    for (const token of ['4/one', 'ya29.two', '4/three']) expect((await link(anna, token)).status).toBe(200);
    expect(revoked()).toEqual(['1//one', 'ya29.two']);
    expect(await tokensOf(anna)).toMatchObject({ accessToken: 'ya29.three', refreshToken: '1//three' });
    await link(anna, 'ya29.two');
    expect((await tokensOf(anna)).refreshToken).toBeUndefined();
  });

  test.each([
    ['number', (account: string) => ({ sub: account })],
    ['address', (account: string) => ({ email: `${account}@gmail.com` })],
  ])('with the same account, known by its %s, revokes nothing and keeps its refresh token', async (_what, known) => {
    const anna = await newPerson();
    manyAccounts(known);
    for (const token of ['4/one', 'ya29.one.2', 'ya29.one.3']) await link(anna, token);
    expect(await tokensOf(anna)).toMatchObject({ accessToken: 'ya29.one.3', refreshToken: '1//one' });
    await link(anna, 'ya29.two');
    expect(revoked()).toEqual(['1//one']);
  });

  test('with the same account replaces its refresh token by a new one', async () => {
    const anna = await newPerson();
    manyAccounts();
    await link(anna, '4/one');
    google.behave({
      '/oauth/token': { body: { access_token: 'ya29.one', refresh_token: '1//newer', expires_in: 3599 } },
      '/oauth/tokeninfo': { body: { aud: 'our-client', expires_in: 3599, scope, sub: 'one' } },
    });
    await link(anna, '4/one');
    expect((await tokensOf(anna)).refreshToken).toBe('1//newer');
    expect(revoked()).toEqual([]);
  });

  test('with an account of which Google says nothing revokes nothing and keeps no refresh token', async () => {
    const anna = await newPerson();
    manyAccounts(() => ({}));
    for (const token of ['4/one', 'ya29.two']) await link(anna, token);
    expect((await tokensOf(anna)).refreshToken).toBeUndefined();
    expect(revoked()).toEqual([]);
  });

  test('revokes after the new link is stored, and succeeds even if Google fails', async () => {
    const anna = await newPerson();
    manyAccounts();
    await link(anna, '4/one');
    let stored: string | undefined;
    google.behave({
      '/oauth/tokeninfo': { body: { aud: 'our-client', expires_in: 3599, scope, sub: 'two' } },
      '/oauth/revoke': async () => {
        stored = (await tokensOf(anna)).accessToken;
        return { status: 500 };
      },
    });
    const lines = await linesOf(async () => expect((await link(anna, 'ya29.two')).status).toBe(200));
    expect(stored).toBe('ya29.two');
    expect(JSON.stringify(lines)).toContain('Google did not revoke');
  });

  test('many times at once leaves one account linked and revokes all others', async () => {
    const anna = await newPerson();
    manyAccounts();
    const accounts = ['one', 'two', 'three', 'four'];
    const answers = await Promise.all(accounts.map((account) => link(anna, `4/${account}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { sub } = await tokensOf(anna);
    expect(revoked().toSorted()).toEqual(
      accounts
        .filter((one) => one !== sub)
        .map((one) => `1//${one}`)
        .toSorted(),
    );
  });

  test('does not revoke an account that was linked again meanwhile', async () => {
    const anna = await newPerson();
    manyAccounts();
    await link(anna, '4/one');
    const again = { accessToken: 'ya29.one', expiresAt: Date.now() + 3_600_000, sub: 'one' };
    interceptNext('TransactWriteItems', async (_input, go) => {
      const done = await go();
      await storeGoogleLink(anna.id, anna.sessionId, await seal(anna.id, again), await getGoogleLink(anna.id));
      return done;
    });
    expect((await link(anna, 'ya29.two')).status).toBe(200);
    expect((await tokensOf(anna)).sub).toBe('one');
    expect(revoked()).toEqual([]);
  });

  test('replaces a link whose key is lost', async () => {
    const [anna, boris] = [await newPerson(), await newPerson()];
    manyAccounts();
    await link(anna, '4/one');
    const { sealedTokens = '' } = (await getGoogleLink(anna.id)) ?? {};
    await storeGoogleLink(boris.id, boris.sessionId, sealedTokens);
    expect((await link(boris, '4/two')).status).toBe(200);
    expect(await tokensOf(boris)).toMatchObject({ refreshToken: '1//two' });
  });

  test('is refused while the account is deleted, whose grant is revoked', async () => {
    const anna = await newPerson();
    manyAccounts();
    await link(anna, '4/one');
    interceptNext('DeleteItem', async (_, go) => {
      expect(await link(anna, '4/two')).toMatchObject({ status: 401, body: { code: 'session_ended' } });
      return go();
    });
    expect((await call(deleteMe, anna, { body: { password } })).status).toBe(200);
    expect(revoked()).toEqual(['1//one']);
    expect(await getGoogleLink(anna.id)).toBeUndefined();
  });
});
