import OpenAI, { APIConnectionTimeoutError, APIUserAbortError, RateLimitError } from 'openai';
import { log } from '../log.ts';
import { operatorSecret } from '../operator-secret.ts';
import { Problem } from '../problem.ts';
import { settings } from '../settings.ts';

type Request = Pick<OpenAI.ChatCompletionCreateParamsStreaming, 'messages' | 'tools' | 'response_format'>;

export interface Completion {
  text: string;
  toolCalls: { name: string; arguments: string }[];
  /** Of question and answer together, as the provider counts them. */
  tokens: number;
}

/** What one answer may cost at most, tokens. */
const mostTokens = 1000;
/** For a provider that doesn't say how many tokens it used. */
const charactersPerToken = 4;

async function connect(): Promise<OpenAI> {
  const { openaiApiKey: apiKey } = await operatorSecret();
  if (!apiKey) {
    log.error('the assistant has no key: fill openaiApiKey in the secret', { secret: settings.operatorSecret() });
    throw new Problem('assistant_not_configured');
  }
  // Its own log would hold what people say.
  return new OpenAI({ apiKey, baseURL: settings.openaiBaseUrl(), maxRetries: 0, logLevel: 'off' });
}

/**
 * One completion, by `deadline` (milliseconds since the epoch); `onText` gets the text as it comes. `charge` is told the
 * tokens before anybody looks whether the answer is of use: they are paid for either way.
 * Throws `assistant_not_configured`, `assistant_busy`, `assistant_timeout`, `assistant_failed`.
 */
export async function complete(
  request: Request,
  deadline: number,
  charge: (tokens: number) => Promise<void>,
  onText: (text: string) => void = () => {},
): Promise<Completion> {
  const client = await connect();
  const signal = AbortSignal.timeout(Math.max(1, deadline - Date.now()));
  try {
    const stream = await client.chat.completions.create(
      {
        ...request,
        model: settings.openaiModel(),
        max_completion_tokens: mostTokens,
        stream: true,
        stream_options: { include_usage: true },
      },
      { signal },
    );
    const completion = await read(stream, onText);
    await charge(completion.tokens || estimate(request, completion));
    return completion;
  } catch (cause) {
    throw signal.aborted ? new Problem('assistant_timeout', { cause }) : toAssistantProblem(cause);
  }
}

async function read(
  stream: AsyncIterable<OpenAI.ChatCompletionChunk>,
  onText: (text: string) => void,
): Promise<Completion> {
  let text = '';
  let tokens = 0;
  let finished = false;
  const toolCalls: Completion['toolCalls'] = [];
  for await (const { choices, usage } of stream) {
    tokens = usage?.total_tokens ?? tokens;
    const [choice] = choices;
    if (!choice) continue;
    finished ||= Boolean(choice.finish_reason);
    const piece = choice.delta.content ?? choice.delta.refusal ?? '';
    text += piece;
    if (piece) onText(piece);
    for (const { index, function: call } of choice.delta.tool_calls ?? []) {
      const known = toolCalls[index] ?? { name: '', arguments: '' };
      toolCalls[index] = known;
      known.name += call?.name ?? '';
      known.arguments += call?.arguments ?? '';
    }
  }
  if (!finished) throw new Error('The provider’s answer was cut off.');
  return { text: text.trim(), toolCalls: toolCalls.filter(Boolean), tokens };
}

const estimate = ({ messages }: Request, { text }: Completion) =>
  Math.ceil((JSON.stringify(messages).length + text.length) / charactersPerToken);

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
