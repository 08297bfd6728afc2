import OpenAI, { APIConnectionTimeoutError, APIUserAbortError, RateLimitError } from 'openai';
import { log } from '#shared/platform/log.ts';
import { operatorSecret } from '#shared/platform/operator-secret.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import type { Settle } from './budget.ts';

type Request = Pick<OpenAI.ChatCompletionCreateParamsStreaming, 'messages' | 'tools' | 'response_format'>;

export interface Completion {
  text: string;
  toolCalls: { name: string; arguments: string }[];
  /** For question and answer together, as the provider counts them; 0 if it doesn't tell. */
  tokens: number;
}

/** For one answer. */
const maxTokens = 1000;
/** For an answer that ends before its provider has said how many tokens it used. */
const charactersPerToken = 4;

async function connect(): Promise<OpenAI> {
  const { openaiApiKey: apiKey } = await operatorSecret();
  if (!apiKey) {
    log.error('the assistant has no key: fill openaiApiKey in the secret', { secret: settings.operatorSecret() });
    throw new Problem('assistant_not_configured');
  }
  // The client's own log would hold what people write.
  return new OpenAI({ apiKey, baseURL: settings.openaiBaseUrl(), maxRetries: 0, logLevel: 'off' });
}

export interface CompletionOptions {
  /** Milliseconds since the epoch. */
  deadline: number;
  /** Reserves the most tokens that the request can cost. What it did cost is settled, however the request ends. */
  reserve: (tokens: number) => Promise<Settle>;
  /** Gets the text while it is being written. */
  onText?: (text: string) => void;
}

/**
 * Asks the provider for one completion.
 * Throws `assistant_not_configured`, `assistant_busy`, `assistant_timeout`, `assistant_failed`, and what `reserve` throws.
 */
export async function complete(
  request: Request,
  { deadline, reserve, onText = () => {} }: CompletionOptions,
): Promise<Completion> {
  const client = await connect();
  const settle = await reserve(maxCost(request));
  const signal = AbortSignal.timeout(Math.max(1, deadline - Date.now()));
  const completion: Completion = { text: '', toolCalls: [], tokens: 0 };
  // Nothing until the provider has accepted the request. After that it costs money, even if it is cut off or useless.
  let used = () => 0;
  try {
    const stream = await client.chat.completions.create(
      {
        ...request,
        model: settings.openaiModel(),
        max_completion_tokens: maxTokens,
        stream: true,
        stream_options: { include_usage: true },
      },
      { signal },
    );
    used = () => completion.tokens || estimate(request, completion);
    await read(stream, completion, onText);
    return { ...completion, text: completion.text.trim(), toolCalls: completion.toolCalls.filter(Boolean) };
  } catch (cause) {
    throw signal.aborted ? new Problem('assistant_timeout', { cause }) : toAssistantProblem(cause);
  } finally {
    await settle(used());
  }
}

/** Fills in the completion while it arrives, so that the caller has a part of it even if this throws. */
async function read(
  stream: AsyncIterable<OpenAI.ChatCompletionChunk>,
  completion: Completion,
  onText: (text: string) => void,
): Promise<void> {
  let finished = false;
  for await (const { choices, usage } of stream) {
    completion.tokens = usage?.total_tokens ?? completion.tokens;
    const [choice] = choices;
    if (!choice) continue;
    finished ||= Boolean(choice.finish_reason);
    const piece = choice.delta.content ?? choice.delta.refusal ?? '';
    completion.text += piece;
    if (piece) onText(piece);
    for (const { index, function: call } of choice.delta.tool_calls ?? []) {
      const known = completion.toolCalls[index] ?? { name: '', arguments: '' };
      completion.toolCalls[index] = known;
      known.name += call?.name ?? '';
      known.arguments += call?.arguments ?? '';
    }
  }
  if (!finished) throw new Error('The provider’s answer was cut off.');
}

/** A token stands for at least one byte of UTF-8, in every language. */
const maxCost = (request: Request) => Buffer.byteLength(JSON.stringify(request)) + maxTokens;

const estimate = (request: Request, { text, toolCalls }: Completion) =>
  Math.ceil((JSON.stringify(request).length + text.length + JSON.stringify(toolCalls).length) / charactersPerToken);

function toAssistantProblem(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  if (cause instanceof APIConnectionTimeoutError || cause instanceof APIUserAbortError)
    return new Problem('assistant_timeout', { cause });
  if (cause instanceof RateLimitError) {
    const seconds = Number(cause.headers?.get('retry-after'));
    return new Problem('assistant_busy', { retryAfter: seconds >= 1 ? Math.ceil(seconds) : 10, cause });
  }
  return new Problem('assistant_failed', { cause });
}
