import { readChunk } from './chunk.ts';
import { addToolCall, type ToolCall } from './tool-calls.ts';

export interface Completion {
  text: string;
  toolCalls: ToolCall[];
  /** For question and answer together, as the server counts them; 0 if it doesn't. */
  tokens: number;
  /** What the model has written, thoughts included. */
  bytes: number;
}

/** The limit for one line and for the whole answer, far more than the thousand tokens that the model may write. */
const maxLength = 65_536;
/** How long to wait for the token count, which some servers send after the answer. Some never end the response. */
const countWithinMs = 1000;

/**
 * Fills in the completion while it arrives, so that the caller has a part of it even if this throws.
 * An answer is complete only if the server says so, with a finish_reason or [DONE]; otherwise this throws.
 */
export async function readCompletion(
  { headers, body }: Response,
  completion: Completion,
  onText: (text: string) => void,
): Promise<void> {
  if (!body) throw new Error('There was no answer.');
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const stop = () => void reader.cancel().catch(() => {});
  let ending: NodeJS.Timeout | undefined;
  try {
    for await (const data of eventsOf(reader, !headers.get('content-type')?.includes('json'))) {
      if (data === '[DONE]') return;
      const { text, calls, bytes, tokens, isLast } = readChunk(data);
      completion.text += text;
      completion.bytes += bytes;
      completion.tokens = tokens || completion.tokens;
      for (const call of calls) addToolCall(completion.toolCalls, call);
      if (completion.bytes > maxLength) throw new Error('The answer is too long.');
      if (text) onText(text);
      if (isLast) ending ??= setTimeout(stop, countWithinMs);
      if (ending && tokens) return;
    }
  } catch (error) {
    // What follows the end only counts the tokens.
    if (!ending) throw error;
  } finally {
    clearTimeout(ending);
    stop();
  }
  if (!ending) throw new Error('The answer was cut off.');
}

/**
 * The data of each event. A server that does not stream sends a single JSON object, which counts as an event.
 * Our own, because OpenAI's does not tell [DONE] from a connection that broke.
 */
async function* eventsOf(reader: ReadableStreamDefaultReader<string>, isStream: boolean): AsyncGenerator<string> {
  let unfinished = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const [first = '', ...others] = isStream ? value.split(/[\r\n]+/) : [value];
    const lines = [unfinished + first, ...others];
    unfinished = lines.pop() ?? '';
    if (unfinished.length > maxLength) throw new Error('A line of the answer is too long.');
    yield* dataIn(lines);
  }
  if (isStream) yield* dataIn([unfinished]);
  else yield* [unfinished, '[DONE]'];
}

/** Events of Chat Completions take one line. Other lines are comments, which keep the connection alive, and fields. */
const dataIn = (lines: string[]): string[] =>
  lines.flatMap((line) => (line.startsWith('data:') ? line.slice('data:'.length).trim() || [] : []));
