import OpenAI from 'openai';
import { log } from '#shared/platform/log.ts';
import { fallbacks } from './fallbacks.ts';
import type { Request } from './request.ts';
import { ServerError } from './server-error.ts';

/** A client for the server with these Chat Completions. */
export const clientOf = (baseURL: string, apiKey: string): OpenAI =>
  // The client's own log would hold what people write.
  new OpenAI({ apiKey, baseURL, maxRetries: 0, logLevel: 'off', fetch: accepted });

/** The client keeps only what OpenAI's errors have, so it gets those of other servers as failures of its `fetch`. */
async function accepted(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  if (response.ok) return response;
  throw new ServerError(response.status, await response.text(), Number(response.headers.get('retry-after')));
}

/** The fallbacks that the server has accepted a request with. Kept as long as the function instance lives. */
const needed = new Set<string>();

/**
 * Sends a request, without what the server refuses. The signal ends all attempts together.
 * Throws `ServerError` unless the server accepts one.
 */
export async function send(client: OpenAI, request: Request, signal: AbortSignal): Promise<Response> {
  const used = new Set(needed);
  for (;;) {
    try {
      const response = await client.chat.completions.create(adapted(request, used), { signal }).asResponse();
      for (const name of used) remember(name);
      return response;
    } catch (failure) {
      const error = failure instanceof OpenAI.APIConnectionError ? (failure.cause ?? failure) : failure;
      const fallback = fallbacks.find(({ name, refusal }) => !used.has(name) && isRefusal(error, refusal));
      if (!fallback) throw error;
      used.add(fallback.name);
    }
  }
}

function adapted(request: Request, names: Set<string>): Request {
  const streamed: Request = { ...request, stream: true, stream_options: { include_usage: true } };
  return fallbacks.reduce((body, { name, change }) => (names.has(name) ? change(body) : body), streamed);
}

/** Servers refuse a parameter with these; a template that does not fit the messages is a failure of some. */
const refusals = new Set([400, 404, 422, 424, 500, 501]);

const isRefusal = (error: unknown, refusal: RegExp): boolean =>
  error instanceof ServerError && refusals.has(error.status) && refusal.test(error.text);

function remember(name: string): void {
  if (needed.has(name)) return;
  needed.add(name);
  log.warn('the model is asked without what its server refuses', { refused: name });
}
