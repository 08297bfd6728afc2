import type { FieldError } from '#shared/contract/problem.ts';

/** A refused request. A request without an answer throws fetch's TypeError or a TimeoutError instead. */
export class ApiProblem extends Error {
  readonly status: number;
  /** False when something on the way refused, such as a firewall or a proxy: only the backend sends a code. */
  readonly fromBackend: boolean;
  /** Stable, so test for this and not for the message. */
  readonly code: string;
  /** The invalid fields when the code is `invalid_input`. */
  readonly errors: FieldError[];
  /** Seconds to wait before the next try. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    { code, title = `Status ${status}`, errors = [] }: { code?: string; title?: string; errors?: FieldError[] },
    retryAfter?: number,
  ) {
    super(title);
    this.status = status;
    this.fromBackend = code !== undefined;
    this.code = code ?? (status === 429 ? 'too_many_requests' : 'internal');
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}
