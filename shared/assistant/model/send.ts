import { log } from '#shared/platform/log.ts';
import { fallbacks } from './fallbacks.ts';
import type { Request } from './request.ts';
import { ServerError } from './server-error.ts';

export interface Server {
  /** The base URL of its Chat Completions, such as https://api.openai.com/v1. */
  url: string;
  key: string;
}

/** The fallbacks that the server has accepted a request with. Kept as long as the function instance lives. */
const needed = new Set<string>();

/**
 * Sends a request, without what the server refuses. The signal ends all attempts together.
 * Throws `ServerError` unless the server accepts one.
 */
export async function send(server: Server, request: Request, signal: AbortSignal): Promise<Response> {
  const used = new Set(needed);
  for (;;) {
    try {
      const response = await post(server, adapted(request, used), signal);
      for (const name of used) remember(name);
      return response;
    } catch (error) {
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

/** A plain request: OpenAI's client hides most servers' errors, gives up on loose streams, and weighs 300 KB. */
async function post({ url, key }: Server, body: Request, signal: AbortSignal): Promise<Response> {
  const response = await fetch(`${url.replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  if (response.ok) return response;
  throw new ServerError(response.status, await response.text(), Number(response.headers.get('retry-after')));
}
