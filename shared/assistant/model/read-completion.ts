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

/**
 * Fills in the completion while it arrives, so that the caller has a part of it even if this throws.
 * An answer is whole when the server says so, by a finish_reason or by [DONE]: half of one is never taken for an answer.
 */
export async function readCompletion(
  response: Response,
  completion: Completion,
  onText: (text: string) => void,
): Promise<void> {
  let finished = false;
  try {
    for await (const data of eventsOf(response)) {
      if (data === '[DONE]') return;
      const { text, calls, bytes, tokens, isLast } = readChunk(data);
      completion.text += text;
      completion.bytes += bytes;
      completion.tokens = tokens || completion.tokens;
      for (const call of calls) addToolCall(completion.toolCalls, call);
      if (text) onText(text);
      finished ||= isLast;
    }
  } catch (error) {
    // What follows only counts the tokens.
    if (!finished) throw error;
  }
  if (!finished) throw new Error('The answer was cut off.');
}

/**
 * The data of each event. A server that does not stream sends a single JSON object, which counts as an event.
 * Our own, because OpenAI's does not tell [DONE] from a connection that broke.
 */
async function* eventsOf({ headers, body }: Response): AsyncGenerator<string> {
  const isStream = !headers.get('content-type')?.includes('json');
  let unfinished = '';
  for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = isStream ? (unfinished + text).split(/[\r\n]+/) : [unfinished + text];
    unfinished = lines.pop() ?? '';
    yield* dataIn(lines);
  }
  if (isStream) yield* dataIn([unfinished]);
  else yield* [unfinished, '[DONE]'];
}

/** Events of Chat Completions take one line. Other lines are comments, which keep the connection alive, and fields. */
const dataIn = (lines: string[]): string[] =>
  lines.flatMap((line) => (line.startsWith('data:') ? line.slice('data:'.length).trim() || [] : []));
