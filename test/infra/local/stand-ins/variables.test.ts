import { expect, test } from 'vitest';
import { variablesOf } from '../../../../infra/local/stand-ins/variables.ts';

/** Which Google and which FCM the functions reach: each is the real one, another one or the runner's own. */

const url = 'http://127.0.0.1:3000';
const client = { googleClientId: 'id', googleClientSecret: 'secret' };
const pusher = { FCM_URL: 'https://fcm.googleapis.com', GOOGLE_OAUTH_URL: 'https://oauth2.googleapis.com' };
const linker = { GOOGLE_OAUTH_URL: 'https://oauth2.googleapis.com' };

test('the function that pushes gets its tokens from the stand-in for FCM, whatever Google the others use', () => {
  const ours = { FCM_URL: `${url}/_local/fcm`, GOOGLE_OAUTH_URL: `${url}/_local/fcm` };
  for (const google of [undefined, { client }]) expect(variablesOf({ google }, url, pusher)).toMatchObject(ours);
  expect(variablesOf({}, url, linker)).toMatchObject({ GOOGLE_OAUTH_URL: `${url}/_local/google` });
});

test('it reaches the real FCM and the real Google beside the stand-in for Google', () => {
  const variables = variablesOf({ fcm: { serviceAccount: '{}' } }, url, pusher);
  expect(variables).not.toHaveProperty('FCM_URL');
  expect(variables).not.toHaveProperty('GOOGLE_OAUTH_URL');
});

test('it reaches another stand-in for both', () => {
  const root = 'http://localhost:9';
  const variables = variablesOf({ fcm: { rootUrl: root } }, url, pusher);
  expect(variables).toMatchObject({ FCM_URL: root, GOOGLE_OAUTH_URL: root });
});
