import { setTimeout as sleep } from 'node:timers/promises';

interface RetryOptions {
  /** How often to try in all. */
  attempts: number;
  /** The longest wait before the second attempt, milliseconds. It doubles with each further one. */
  baseMs: number;
  /** The longest wait before any attempt, milliseconds. */
  maxMs?: number;
  /** No attempt begins at this time or later. Milliseconds since the epoch. */
  deadline?: number;
  /** Whether another attempt may help after this error; by default always. */
  shouldRetry?: (error: unknown) => boolean;
}

/**
 * Runs something until it succeeds; throws the last error when no attempt is left. The wait is a random part of the
 * longest one ("full jitter"), so that callers that failed together do not come back together. Our own, because p-retry
 * (3.8 KB in a bundle) has neither a deadline nor full jitter.
 */
export async function retry<T>(options: RetryOptions, run: (attempt: number) => Promise<T>): Promise<T> {
  const { attempts, baseMs, maxMs = Infinity, deadline = Infinity, shouldRetry = () => true } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(attempt);
    } catch (error) {
      const waitMs = Math.random() * Math.min(baseMs * 2 ** (attempt - 1), maxMs);
      if (attempt === attempts || !shouldRetry(error) || Date.now() + waitMs >= deadline) throw error;
      await sleep(waitMs);
    }
  }
}
