import type { FieldError } from '#shared/contract/problem.ts';
import { type ProblemCode, problems } from '#shared/contract/problems.ts';

interface Details {
  /** What the client is told instead of the code's title. */
  detail?: string;
  errors?: FieldError[];
  /** Whole seconds, at least 1. */
  retryAfter?: number;
  /** Extra response headers. */
  headers?: Record<string, string>;
  cause?: unknown;
  /** The request had no effect and tells nothing: limits that count only what was done take it back. */
  nothingDone?: boolean;
}

/** An error that the client is told about. The client sees everything else as `internal` or `unavailable`. */
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

/** The wrong fields that the client is told about: a request can't have thousands of them answered. */
export const shownErrors = ({ details }: Problem): FieldError[] | undefined => details.errors?.slice(0, 20);

/** What went wrong on our side; undefined if nothing did. Maintenance is not a fault: the operator wants it. */
export function faultIn(problem: Problem | undefined): unknown {
  if (!problem || problem.status < 500 || problem.code === 'maintenance') return undefined;
  return problem.cause ?? problem;
}

/** The errors with which DynamoDB throttles. */
const throttles = new Set(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException']);

export const isThrottled = (error: unknown): boolean => error instanceof Error && throttles.has(error.name);

/** What a call to AWS throws when the service is at fault, not the request. The client may try again. */
const transientErrors = new Set([
  ...throttles,
  'InternalFailure',
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
const transientCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Turns whatever was thrown into the problem that the client sees. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { name, code } = error instanceof Error ? (error as Error & { code?: string }) : { name: '', code: '' };
  if (transientErrors.has(name) || transientCodes.has(code ?? ''))
    return new Problem('unavailable', { retryAfter: 1, cause: error });
  return new Problem('internal', { cause: error });
}
