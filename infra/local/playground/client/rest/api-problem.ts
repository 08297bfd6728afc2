import type { FieldError } from '#shared/contract/problem.ts';

/** What a status means when API Gateway, a proxy or a firewall has sent it, with a body of its own. */
const codes: Readonly<Record<number, string>> = {
  413: 'payload_too_large',
  429: 'too_many_requests',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** A request without an answer: there is no network or no server, or the answer broke off or took too long. */
export class NoAnswer extends Error {}

/** A refused request. */
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
    this.code = code ?? codes[status] ?? 'internal';
    this.errors = errors;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request would be refused again: the user was signed out, removed from the chat or blocked. */
  get final(): boolean {
    return this.fromBackend && [401, 403, 404].includes(this.status) && this.code !== 'switched_off';
  }

  /** Whether API Gateway refused before any function ran, so that the same request may be repeated. */
  get unhandled(): boolean {
    return !this.fromBackend && (this.status === 429 || this.status === 503);
  }
}
