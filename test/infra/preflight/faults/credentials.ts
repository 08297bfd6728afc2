import { but, secretWith } from '../world.ts';
import type { Fault } from './index.ts';

const empty = '{"openaiApiKey":"","googleClientId":"","googleClientSecret":""}';
const noKey = { project_id: 'our-project', client_email: 'push@example.com', private_key: 'no key' };

export const faultsOfCredentials: Fault[] = [
  ['operator-secret', 'secret_deleted', 'the secret was deleted', but({ secret: undefined })],
  ['operator-secret', 'secret_malformed', 'the secret is not JSON', but({ secret: 'sk-1' })],
  ['operator-secret', 'secret_unfilled', 'nobody has filled the secret', but({ secret: empty })],

  [
    'google-client',
    'google_client_missing',
    'only the app has a client',
    secretWith({ googleClientId: '', googleClientSecret: '' }),
  ],
  ['google-client', 'google_client_incomplete', 'the client has no secret', secretWith({ googleClientSecret: '' })],
  ['google-client', 'google_client_unlisted', "the app's client is another", but({}, { googleClientId: 'another' })],
  ['google-client', 'google_client_refused', 'its secret is wrong', secretWith({ googleClientSecret: 'old' })],

  ['push', 'push_key_missing', 'there is no service account', secretWith({ fcmServiceAccount: '' })],
  ['push', 'push_key_malformed', 'its JSON is cut off', secretWith({ fcmServiceAccount: '{"project_id":' })],
  ['push', 'push_key_malformed', 'its private key is not a key', secretWith({ fcmServiceAccount: noKey })],
  ['push', 'push_key_refused', 'its key was deleted', but({ google: { isKeyValid: false } })],
  ['push', 'push_not_allowed', 'it has no role', but({ google: { maySend: false } })],
];
