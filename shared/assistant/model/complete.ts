import type OpenAI from 'openai';
import { log } from '#shared/platform/log.ts';
import { operatorSecret } from '#shared/platform/operator-secret.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import type { Settle } from '../budget.ts';
import { type Completion, readCompletion } from './read-completion.ts';
import type { Question } from './request.ts';
import { clientOf, send } from './send.ts';
import { ServerError, withoutSecrets } from './server-error.ts';
import { hidingThoughts, withoutThoughts } from './thoughts.ts';

/** For one answer. */
const maxTokens = 1000;
/** An estimate, for servers that do not count tokens: a token is about four English letters, or two Russian ones. */
const bytesPerToken = 4;

async function connect(): Promise<OpenAI> {
  const { openaiApiKey: key } = await operatorSecret('openaiApiKey');
  if (!key) {
    log.error('the assistant has no key: fill openaiApiKey in the secret', { secret: settings.operatorSecret() });
    throw new Problem('assistant_not_configured');
  }
  return clientOf(settings.openaiBaseUrl(), key);
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
 * Asks the model for one completion.
 * Throws `assistant_not_configured`, `assistant_busy`, `assistant_timeout`, `assistant_failed`, and what `reserve` throws.
 */
export async function complete(
  question: Question,
  { deadline, reserve, onText = () => {} }: CompletionOptions,
): Promise<Pick<Completion, 'text' | 'toolCalls'>> {
  const client = await connect();
  const settle = await reserve(maxCost(question));
  const signal = AbortSignal.timeout(Math.max(1, deadline - Date.now()));
  const completion: Completion = { text: '', toolCalls: [], tokens: 0, bytes: 0 };
  const estimated = () => Math.ceil((bytesOf(question) + completion.bytes) / bytesPerToken);
  let wasted = 0;
  // Nothing until the server has accepted the request. After that it costs money, even if it is cut off or useless.
  let used = () => 0;
  try {
    const request = { ...question, model: settings.openaiModel(), max_completion_tokens: maxTokens };
    const onWasted = () => {
      wasted += estimated();
    };
    const response = await send(client, request, { signal, onWasted });
    used = () => Math.min(completion.tokens || estimated(), maxCost(question) + completion.bytes);
    await readCompletion(response, completion, hidingThoughts(onText));
    return { ...completion, text: withoutThoughts(completion.text).trim() };
  } catch (error) {
    const cause = withoutSecrets(error, [client.apiKey ?? '', ...question.messages.map(({ content }) => content)]);
    if (signal.aborted) throw new Problem('assistant_timeout', { cause });
    if (!(error instanceof ServerError && error.status === 429)) throw new Problem('assistant_failed', { cause });
    throw new Problem('assistant_busy', { retryAfter: error.retryAfter ?? 10, cause });
  } finally {
    await settle(wasted + used());
  }
}

const bytesOf = (question: Question) => Buffer.byteLength(JSON.stringify(question));

/** A token stands for at least one byte of UTF-8, in every language. */
const maxCost = (question: Question) => bytesOf(question) + maxTokens;
