import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http/read-body.ts';
import { assertionRefusal, type StandInAccount } from './fcm-account.ts';
import { type FcmMessage, readMessage, type Violation } from './fcm-message.ts';

/** Firebase Cloud Messaging on a laptop, and Google's OAuth for its service account. */
export const fcmPath = '/_local/fcm';

interface Answer {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

/** How long an access token is valid, seconds. */
const tokenLifetime = 3599;

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const fcmError = (errorCode: string, type = 'FcmError') => ({
  '@type': `type.googleapis.com/google.firebase.fcm.v1.${type}`,
  errorCode,
});
const refuse = (code: number, status: string, message: string, details: object[], retryAfter?: number): Answer => ({
  status: code,
  body: { error: { code, message, status, details } },
  ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }),
});

/** How FCM treats a device whose token contains the word; `times` limits it to the first attempts. */
const treatments: Record<string, { times?: number; answer: Answer | undefined }> = {
  unregistered: {
    answer: refuse(404, 'NOT_FOUND', 'Requested entity was not found.', [fcmError('UNREGISTERED')]),
  },
  invalid: {
    answer: invalid({ field: 'message.token', description: 'Invalid registration token' }),
  },
  mismatch: { answer: refuse(403, 'PERMISSION_DENIED', 'SenderId mismatch', [fcmError('SENDER_ID_MISMATCH')]) },
  'third-party': {
    answer: refuse(401, 'UNAUTHENTICATED', 'Auth error from APNS or Web Push Service', [
      fcmError('THIRD_PARTY_AUTH_ERROR'),
    ]),
  },
  busy: {
    times: 2,
    answer: refuse(503, 'UNAVAILABLE', 'The service is currently unavailable.', [fcmError('UNAVAILABLE')], 1),
  },
  quota: {
    times: 1,
    answer: refuse(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted.', [fcmError('QUOTA_EXCEEDED')], 60),
  },
  silent: { times: 1, answer: undefined },
};

function invalid({ field, description, apnsReason, byParser }: Violation): Answer {
  const violation = { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field, description }] };
  const ofApns = { ...fcmError('', 'ApnsError'), errorCode: undefined, statusCode: 400, reason: apnsReason };
  return refuse(400, 'INVALID_ARGUMENT', description, [
    ...(byParser ? [] : [fcmError('INVALID_ARGUMENT')]),
    ...(field === undefined ? [] : [violation]),
    ...(apnsReason === undefined ? [] : [ofApns]),
  ]);
}

/** Answers as FCM does, and hands over accepted messages instead of sending them. */
export class FcmStandIn {
  private readonly account: StandInAccount;
  private readonly accept: (message: FcmMessage) => Promise<void>;
  /** When each access token expires, milliseconds since the epoch. */
  private readonly tokens = new Map<string, number>();
  /** How many messages to each device were refused or left unanswered. */
  private readonly refused = new Map<string, number>();

  constructor(account: StandInAccount, accept: (message: FcmMessage) => Promise<void>) {
    this.account = account;
    this.accept = accept;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '', headers } = request;
    const body = String(await readBody(request));
    const answers: Record<string, () => Answer | Promise<Answer | undefined>> = {
      [`POST ${fcmPath}/token`]: () => this.giveToken(new URLSearchParams(body)),
      [`POST ${fcmPath}/v1/projects/${this.account.projectId}/messages:send`]: () =>
        this.credentialsRefusal(headers.authorization) ?? this.send(body),
    };
    const answer = await (answers[`${method} ${url}`] ?? (() => denied(url)))();
    // The caller has to give up by itself.
    if (!answer) return;
    const { status, body: json, headers: more } = answer;
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(json));
  }

  private async giveToken(form: URLSearchParams): Promise<Answer> {
    if (form.get('grant_type') !== grantType) return { status: 400, body: { error: 'unsupported_grant_type' } };
    const refusal = await assertionRefusal(form.get('assertion') ?? '', this.account);
    if (refusal) return { status: 400, body: refusal };
    const token = `ya29.c.${randomBytes(32).toString('base64url')}`;
    this.tokens.set(token, Date.now() + tokenLifetime * 1000);
    return { status: 200, body: { access_token: token, expires_in: tokenLifetime, token_type: 'Bearer' } };
  }

  private credentialsRefusal(authorization = ''): Answer | undefined {
    const expiresAt = this.tokens.get(authorization.replace(/^Bearer /, ''));
    if (expiresAt !== undefined && expiresAt > Date.now()) return undefined;
    const reason = expiresAt ? 'ACCESS_TOKEN_EXPIRED' : 'CREDENTIALS_MISSING';
    return refuse(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.', [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' },
    ]);
  }

  private async send(body: string): Promise<Answer | undefined> {
    const read = readMessage(parse(body));
    if (!('message' in read)) return invalid(read);
    const { message, validateOnly } = read;
    const treatment = this.treatmentOf(message.token);
    if (treatment) return treatment.answer;
    const { projectId } = this.account;
    if (validateOnly) return { status: 200, body: { name: `projects/${projectId}/messages/fake_message_id` } };
    await this.accept(message);
    return { status: 200, body: { name: `projects/${projectId}/messages/${randomUUID()}` } };
  }

  /** A word in the token says how the device is treated: docs/develop.md lists the words. */
  private treatmentOf(token: string) {
    const [, word = ''] = new RegExp(`\\b(${Object.keys(treatments).join('|')})\\b`).exec(token) ?? [];
    const treatment = treatments[word];
    const refused = this.refused.get(token) ?? 0;
    if (!treatment || refused >= (treatment.times ?? Number.POSITIVE_INFINITY)) return undefined;
    this.refused.set(token, refused + 1);
    return treatment;
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** FCM's answer for a project that is not the service account's. */
const denied = (path: string): Answer =>
  refuse(403, 'PERMISSION_DENIED', `Permission 'cloudmessaging.messages.create' denied on ${path}.`, []);
