import { importPKCS8, SignJWT } from 'jose';
import * as z from 'zod/mini';
import { askGoogle } from '../ask-google.ts';
import { defineCheck } from '../check.ts';
import { ok, todo } from '../finding.ts';
import { parse } from '../operator-secret.ts';
import type { GoogleUrls } from '../target.ts';
import { secretActions } from './operator-secret.ts';

const serviceAccount = z.object({ project_id: z.string(), client_email: z.string(), private_key: z.string() });
type ServiceAccount = z.output<typeof serviceAccount>;

const scope = 'https://www.googleapis.com/auth/firebase.messaging';
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const audience = 'https://oauth2.googleapis.com/token';

const tokenAnswer = z.object({ access_token: z.string() });
const how = 'See "Push notifications" in docs/deploy.md.';

export const push = defineCheck({
  name: 'push',
  title: 'Push notifications',
  actions: secretActions,
  codes: ['push_key_missing', 'push_key_malformed', 'push_key_refused', 'push_not_allowed'],
  unusedBecause: ({ push }) => (push ? undefined : 'the stage does not set "push"'),
  async run({ google, secret }) {
    const content = await secret();
    if (content === 'not deployed') return { status: 'unused', text: 'the stack creates the operator secret first' };
    if (typeof content === 'string' || !content.fcmServiceAccount)
      return todo('push_key_missing', `Put a Firebase service account into fcmServiceAccount. ${how}`);
    const { fcmServiceAccount: stored } = content;
    const { data } = z.safeParse(serviceAccount, typeof stored === 'string' ? parse(stored) : stored);
    const assertion = data && (await sign(data));
    if (!data || !assertion)
      return todo('push_key_malformed', `fcmServiceAccount is not the JSON file of a service account. ${how}`);
    const token = await askGoogle(`${google.oauth}/token`, new URLSearchParams({ grant_type: grantType, assertion }));
    const accessToken = z.safeParse(tokenAnswer, token.body).data?.access_token;
    if (!accessToken)
      return todo(
        'push_key_refused',
        `Google answers ${token.error}. Generate a new key for ${data.client_email}. ${how}`,
      );
    const { error } = await validate(google, data, accessToken);
    if (error === '') return ok(`Firebase accepts ${data.client_email}`);
    return todo(
      'push_not_allowed',
      `Firebase answers ${error}. Enable the Firebase Cloud Messaging API, and give ${data.client_email} its role. ${how}`,
    );
  },
});

/** Undefined if the private key cannot be read. */
async function sign({ client_email, private_key }: ServiceAccount): Promise<string | undefined> {
  const key = await importPKCS8(private_key, 'RS256').catch(() => undefined);
  if (!key) return undefined;
  const jwt = new SignJWT({ scope }).setProtectedHeader({ alg: 'RS256', typ: 'JWT' });
  return jwt.setIssuer(client_email).setAudience(audience).setIssuedAt().setExpirationTime('10m').sign(key);
}

/** Has Firebase check a message to a topic, which it does not deliver. */
function validate({ fcm }: GoogleUrls, { project_id }: ServiceAccount, accessToken: string) {
  const body = JSON.stringify({ validate_only: true, message: { topic: 'preflight', data: {} } });
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  return askGoogle(`${fcm}/v1/projects/${project_id}/messages:send`, body, headers);
}
