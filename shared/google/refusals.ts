import * as z from 'zod/mini';
import { log } from '#shared/platform/log.ts';
import { maybe } from '#shared/platform/maybe.ts';
import { Problem } from '#shared/platform/problem.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Why Google did not do what it was asked, in its own words. */
interface Refusal {
  /** Undefined if Google did not answer. */
  status: number | undefined;
  /** "invalid_grant", "SERVICE_DISABLED"; "" if Google gives none. */
  reason: string;
  message: string;
}

const reasons = maybe(z.array(z.object({ reason: maybe(z.string()) })));

/** OAuth names the error; APIs describe it in an object. */
const answer = z.object({
  error: maybe(
    z.union([
      z.string(),
      z.object({ status: maybe(z.string()), message: maybe(z.string()), errors: reasons, details: reasons }),
    ]),
  ),
  error_description: maybe(z.string()),
});

/** What Google's answer says, without the request, which holds tokens. */
function readRefusal(status: number | undefined, body: unknown): Refusal {
  const { error, error_description = '' } = z.safeParse(answer, body).data ?? {};
  const { reason = '', message = '' } = typeof error === 'object' ? ofApi(error) : { reason: error };
  return { status, reason, message: withoutSecrets(message || error_description) };
}

type ApiError = Exclude<z.output<typeof answer>['error'], string | undefined>;

const ofApi = ({ status, message, errors = [], details = [] }: ApiError) => ({
  reason: [...details, ...errors].find(({ reason }) => reason)?.reason ?? status,
  message,
});

/** What users can do something about, by linking their account again or another one. */
const ofUsers = new Set([
  'invalid_grant',
  'invalid_token',
  'authError',
  'insufficientPermissions',
  'UNAUTHENTICATED',
  'ACCESS_TOKEN_EXPIRED',
  'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
  'ACCESS_TOKEN_TYPE_UNSUPPORTED',
  'ACCOUNT_STATE_INVALID',
]);

const isOfUsers = ({ status, reason }: Refusal) =>
  ofUsers.has(reason) || (reason === '' && (status === 400 || status === 401));

/** Quotas are the project's; some come with 403. */
const isBusy = ({ status, reason }: Refusal) =>
  status === undefined || status === 429 || status >= 500 || /limit.?exceeded|quota.?exceeded/i.test(reason);

/**
 * The problem behind an error of Google's client: `refused` for what users can change, `google_busy` for what passes,
 * and `google_not_configured` for everything else, because only the operator can see to that. The log has the reason.
 */
export function googleProblem(cause: unknown, refused: 'google_token_invalid' | 'google_link_expired'): Problem {
  if (cause instanceof Problem) return cause;
  const { response, name, code, message } = cause as Error & {
    response?: { status: number; data: unknown };
    code?: string;
  };
  const refusal = readRefusal(response?.status, response?.data);
  if (isOfUsers(refusal) && !isBusy(refusal)) {
    log.warn('Google refused a token', { google: refusal });
    return new Problem(refused);
  }
  // Not Google's client's own error, because that holds the request.
  const reason = response
    ? `Google answered ${refusal.status} ${refusal.reason}: ${refusal.message}`
    : `Google did not answer: ${code ?? name}: ${withoutSecrets(message)}`;
  const details = { cause: new Error(reason) };
  if (isBusy(refusal)) return new Problem('google_busy', { retryAfter: 10, ...details });
  return new Problem('google_not_configured', details);
}
