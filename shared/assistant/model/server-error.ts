/** What a server says instead of answering. */
export class ServerError extends Error {
  readonly status: number;
  /** All of it. The message, which is logged, is shorter: some servers quote the request. */
  readonly text: string;
  /** Whole seconds, at least 1. */
  readonly retryAfter: number | undefined;

  constructor(status: number, text: string, retryAfter?: number) {
    super(`${status} ${text.slice(0, 300)}`);
    this.status = status;
    this.text = text;
    this.retryAfter = retryAfter && retryAfter >= 1 ? Math.ceil(retryAfter) : undefined;
  }
}
