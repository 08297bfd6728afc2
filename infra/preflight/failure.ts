import { type Finding, unknown } from './finding.ts';

/** A request that failed, for another reason than a check expects. */
class Failure extends Error {
  /** The IAM action, or the host that was asked. */
  readonly action: string;
  /** The name of AWS's error, or the code of Node's. */
  readonly reason: string;

  constructor(action: string, cause: unknown) {
    const { name, code, message, cause: inner } = cause as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
    super(message, { cause });
    this.action = action;
    this.reason = inner?.code ?? code ?? name;
  }
}

/** Runs the request, and throws a `Failure` if it fails. */
export async function ask<T>(action: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw new Failure(action, error);
  }
}

/** Whether the request failed with one of these errors of AWS. */
export const isRefused = (error: unknown, ...reasons: string[]): boolean =>
  error instanceof Failure && reasons.includes(error.reason);

/** The reasons of failures that concern every check, and what to do about them. */
const causes: [code: string, reasons: RegExp, text: string][] = [
  [
    'no_credentials',
    /^CredentialsProviderError$/,
    'There are no credentials for AWS. Set AWS_PROFILE, or run "aws configure" or "aws sso login"',
  ],
  [
    'credentials_expired',
    /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired|UnauthorizedSSOTokenError)$/,
    'The credentials for AWS have expired. Get new ones, for example with "aws sso login"',
  ],
  [
    'credentials_refused',
    /^(InvalidClientTokenId|UnrecognizedClientException|UnrecognizedClient|InvalidSignatureException|SignatureDoesNotMatch|InvalidAccessKeyId|IncompleteSignature|AuthFailure|InvalidToken)$/,
    'AWS does not accept the credentials. Check the access key and the clock of this machine, and that the account has enabled the region',
  ],
  ['throttled', /Throttl|TooManyRequests|LimitExceeded|RequestLimitExceeded/, 'AWS is busy. Run the command again'],
  [
    'no_answer',
    /^(E[A-Z_]+|TimeoutError|AbortError|UND_ERR_\w+)$/,
    'There was no answer. Check the network, and that AWS has the service in this region',
  ],
];

const isDenied = /AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized|^Forbidden/;

/** Text of somebody else, which may be long. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300);

/** The line for a request that failed, or for an answer that the check does not understand. */
export function explain(error: unknown): Finding {
  if (!(error instanceof Failure))
    return unknown('check_failed', `This check does not work: ${oneLine(String(error))}`);
  const { action, reason, message } = error;
  if (isDenied.test(reason))
    return unknown('access_denied', `Your credentials do not allow ${action}. docs/deploy.md has a policy that does.`);
  const [code, , text] = causes.find(([, reasons]) => reasons.test(reason)) ?? [];
  const details = `${reason}: ${oneLine(message)}`;
  if (code && text) return unknown(code, `${text} (${action}: ${details}).`);
  return unknown('request_failed', `${action} failed: ${details}`);
}
