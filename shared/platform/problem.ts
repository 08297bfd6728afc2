import type { FieldError } from '#shared/contract/problem.ts';
import { type ProblemCode, problems } from '#shared/contract/problems.ts';

interface Details {
  /** Says more than the code's title. Goes to the client. */
  detail?: string;
  errors?: FieldError[];
  /** Whole seconds, at least 1. */
  retryAfter?: number;
  /** Extra response headers. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/** A refusal that the client is told about. Everything else that is thrown is `internal` or `unavailable`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly details: Details;

  constructor(code: ProblemCode, details: Details = {}) {
    super(details.detail ?? problems[code].title, { cause: details.cause });
    this.code = code;
    this.status = problems[code].status;
    this.details = details;
  }
}

/** What DynamoDB answers when it is asked too much. */
const throttles = new Set(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException']);

export const isThrottled = (error: unknown): boolean => error instanceof Error && throttles.has(error.name);

/** What AWS SDK clients throw when the service, not the request, is at fault: worth trying again. */
const awayErrors = new Set([
  ...throttles,
  'InternalServerError',
  'InternalServerErrorException',
  'InternalServerException',
  'InternalServiceError',
  'KMSInternalException',
  'LimitExceededException',
  'ServiceQuotaExceededException',
  'ServiceUnavailable',
  'TimeoutError',
  'TransactionConflictException',
  'TransactionInProgressException',
]);
const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Turns anything thrown into the problem that the client may see. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { name, code } = error instanceof Error ? (error as Error & { code?: string }) : { name: '', code: '' };
  if (awayErrors.has(name) || awayCodes.has(code ?? ''))
    return new Problem('unavailable', { retryAfter: 1, cause: error });
  return new Problem('internal', { cause: error });
}
