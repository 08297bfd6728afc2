import { askGoogle } from '../ask-google.ts';
import { defineCheck } from '../check.ts';
import { ok, todo } from '../finding.ts';
import { secretActions } from './operator-secret.ts';

export const googleClient = defineCheck({
  name: 'google-client',
  title: 'Google client',
  actions: secretActions,
  codes: ['google_client_missing', 'google_client_incomplete', 'google_client_unlisted', 'google_client_refused'],
  async run({ config, google, secret }) {
    const content = await secret();
    if (typeof content === 'string') return { status: 'unused', text: 'there is no operator secret with a client' };
    const { googleClientId, googleClientSecret } = content;
    if (!googleClientId && !googleClientSecret) {
      if (!config.googleClientId) return { status: 'unused', text: 'the operator secret has no client' };
      return todo('google_client_missing', `The app has the client ${config.googleClientId}, but the secret has none.`);
    }
    if (!googleClientId || !googleClientSecret)
      return todo('google_client_incomplete', 'The secret needs both googleClientId and googleClientSecret.');
    const ids = googleClientId.split(',').map((id) => id.trim());
    if (config.googleClientId && !ids.includes(config.googleClientId))
      return todo(
        'google_client_unlisted',
        `The app has the client ${config.googleClientId}. Add it to googleClientId in the secret.`,
      );
    // Google checks the client before the token, which is no token of anybody.
    const { error } = await askGoogle(
      `${google.oauth}/token`,
      new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: 'preflight',
        client_id: ids[0] ?? '',
        client_secret: googleClientSecret,
      }),
    );
    if (error === 'invalid_grant') return ok(`Google accepts the client ${ids[0]}`);
    return todo(
      'google_client_refused',
      `Google answers ${error || 'otherwise than expected'}. Compare the first id in googleClientId and googleClientSecret with the web client in the Google Cloud console.`,
    );
  },
});
