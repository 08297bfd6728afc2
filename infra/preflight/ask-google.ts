import * as z from 'zod/mini';
import { ask } from './failure.ts';

const timeoutMs = 10_000;

/** OAuth names the error; the APIs describe it in an object. */
const refusal = z.object({
  error: z.union([z.string(), z.object({ status: z.optional(z.string()), message: z.optional(z.string()) })]),
});

interface Answer {
  status: number;
  /** "invalid_client", "PERMISSION_DENIED"; "" if Google accepted the request. */
  error: string;
  body: unknown;
}

/** Asks Google. Throws a `Failure` if it does not answer, or says that it is busy. */
export function askGoogle(url: string, body: URLSearchParams | string, headers: Record<string, string> = {}) {
  return ask(new URL(url).host, async (): Promise<Answer> => {
    const response = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(timeoutMs) });
    const { status } = response;
    const json: unknown = await response.json().catch(() => undefined);
    if (status === 429 || status >= 500)
      throw Object.assign(new Error(`It answered ${status}.`), { code: 'Throttled' });
    const { error = '' } = z.safeParse(refusal, json).data ?? {};
    return { status, body: json, error: typeof error === 'string' ? error : (error.status ?? String(status)) };
  });
}
