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

type UserProblem = 'google_token_invalid' | 'google_link_expired' | 'google_wrong_audience' | 'google_blocked';

/** What users can do something about, by linking their account again or another one. */
const ofTokens = new Set([
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

/** What only the administrator of the user's own Google Workspace can change: the same account would be refused again. */
const ofAdministrators = new Set(['admin_policy_enforced', 'domainPolicy', 'USER_BLOCKED_BY_ADMIN']);

/** A code or a refresh token of another client than ours, which anybody can send. An unknown client is `invalid_client`. */
const ofOtherClients = new Set(['unauthorized_client', 'redirect_uri_mismatch']);

/** Quotas are the project's; some come with 403. */
const isBusy = ({ status, reason }: Refusal) =>
  status === undefined || status === 429 || status >= 500 || /limit.?exceeded|quota.?exceeded/i.test(reason);

/** Undefined for what is not the user's. */
function userProblem(
  refusal: Refusal,
  refused: 'google_token_invalid' | 'google_link_expired',
): UserProblem | undefined {
  const { status, reason } = refusal;
  if (isBusy(refusal)) return undefined;
  if (ofAdministrators.has(reason)) return 'google_blocked';
  if (ofOtherClients.has(reason)) return refused === 'google_token_invalid' ? 'google_wrong_audience' : refused;
  return ofTokens.has(reason) || (reason === '' && (status === 400 || status === 401)) ? refused : undefined;
}

/**
 * The problem behind an error of Google's client: `refused`, `google_wrong_audience` and `google_blocked` for what comes
 * with the user's token or account, `google_busy` for what passes, and `google_not_configured` for everything else, because
 * only the operator can see to that. The log has the reason.
 */
export function googleProblem(cause: unknown, refused: 'google_token_invalid' | 'google_link_expired'): Problem {
  if (cause instanceof Problem) return cause;
  const { response, name, code, message } = cause as Error & {
    response?: { status: number; data: unknown };
    code?: string;
  };
  const refusal = readRefusal(response?.status, response?.data);
  const ofUser = userProblem(refusal, refused);
  if (ofUser) {
    log.warn('Google refused a token', { google: refusal });
    return new Problem(ofUser);
  }
  // Not Google's client's own error, because that holds the request.
  const reason = response
    ? `Google answered ${refusal.status} ${refusal.reason}: ${refusal.message}`
    : `Google did not answer: ${code ?? name}: ${withoutSecrets(message)}`;
  const details = { cause: new Error(reason) };
  if (isBusy(refusal)) return new Problem('google_busy', { retryAfter: 10, ...details });
  return new Problem('google_not_configured', details);
}
