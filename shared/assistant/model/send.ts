import OpenAI from 'openai';
import { log } from '#shared/platform/log.ts';
import { fallbacks } from './fallbacks.ts';
import type { Request } from './request.ts';
import { ServerError, withoutQuotes } from './server-error.ts';

/** A client for the server with these Chat Completions. */
export const clientOf = (baseURL: string, apiKey: string): OpenAI =>
  // The client's own log would hold what people write.
  new OpenAI({ apiKey, baseURL, maxRetries: 0, logLevel: 'off', fetch: accepted });

/** The client keeps only what OpenAI's errors have, so it gets those of other servers as failures of its `fetch`. */
async function accepted(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  if (response.ok) return response;
  throw new ServerError(response.status, await beginningOf(response), Number(response.headers.get('retry-after')));
}

const maxErrorLength = 65_536;

async function beginningOf({ body }: Response): Promise<string> {
  let text = '';
  for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    if (text.length >= maxErrorLength) break;
  }
  return text.slice(0, maxErrorLength);
}

/** Ten minutes: a server that was misunderstood, or has been updated, is asked for everything again. */
const rememberedMs = 600_000;
/** The names of the fallbacks that the server needs, and until when that is believed, milliseconds since the epoch. */
const needed = new Map<string, number>();

/**
 * Sends a request, without what the server refuses. The signal ends all attempts together. `onWasted` is told of each
 * attempt that cost tokens and got no answer. Throws `ServerError` unless the server accepts one.
 */
export async function send(
  client: OpenAI,
  request: Request,
  { signal, onWasted }: { signal: AbortSignal; onWasted: () => void },
): Promise<Response> {
  const used = new Set([...needed].filter(([, until]) => until > Date.now()).map(([name]) => name));
  const refused: string[] = [];
  let mayRetry = true;
  for (;;) {
    try {
      const response = await client.chat.completions.create(adapted(request, used), { signal }).asResponse();
      for (const name of refused) remember(name);
      return response;
    } catch (failure) {
      const error = failure instanceof OpenAI.APIConnectionError ? (failure.cause ?? failure) : failure;
      if (error instanceof ServerError && error.isOfGeneration) onWasted();
      const refusal = refusalIn(error, request, used);
      if (!refusal || !(refusal.isCertain || mayRetry)) throw error;
      if (refusal.isCertain) refused.push(refusal.name);
      else mayRetry = false;
      used.add(refusal.name);
    }
  }
}

function adapted(request: Request, names: Set<string>): Request {
  const streamed: Request = { ...request, stream: true, stream_options: { include_usage: true } };
  return fallbacks.reduce((body, { name, change }) => (names.has(name) ? change(body) : body), streamed);
}

/** The statuses with which servers refuse a parameter; some fail with a 500 if their template does not fit the messages. */
const refusals = new Set([400, 404, 422, 424, 500, 501]);
const ofTemplate = /jinja|template|\broles? (?:must|not|are)\b/i;

/**
 * The fallback that the server's error asks for. It is certain, and so kept for later requests, only if the server's own words
 * ask for it: a failure passes, the model's output says nothing about the server, and neither do quotes from the messages.
 */
function refusalIn(
  error: unknown,
  { messages }: Request,
  used: Set<string>,
): { name: string; isCertain: boolean } | undefined {
  if (!(error instanceof ServerError && refusals.has(error.status))) return undefined;
  const { status, words, isOfGeneration } = error;
  const named = fallbacks.find(({ name, refusal }) => !used.has(name) && refusal.test(words));
  if (!named) return undefined;
  const own = withoutQuotes(
    words,
    messages.map(({ content }) => content),
  );
  const isFailure = status === 500 && !ofTemplate.test(own);
  return { name: named.name, isCertain: named.refusal.test(own) && !isFailure && !isOfGeneration };
}

function remember(name: string): void {
  needed.set(name, Date.now() + rememberedMs);
  log.warn('the model is asked without what its server refuses', { refused: name });
}
