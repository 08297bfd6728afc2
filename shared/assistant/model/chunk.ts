import * as z from 'zod/mini';
import { maybe } from '#shared/platform/maybe.ts';
import { ServerError } from './server-error.ts';
import type { CallPiece } from './tool-calls.ts';

/** A part of an answer, in the same form whatever server has sent it. */
interface Chunk {
  text: string;
  calls: CallPiece[];
  bytes: number;
  /** The number used so far for question and answer together; 0 if the server does not say. */
  tokens: number;
  isLast: boolean;
}

/** Also as a list of parts. Those without a text are thoughts. */
const text = z.union([
  z.string(),
  z.pipe(
    z.array(z.object({ text: maybe(z.string()) })),
    z.transform((parts) => parts.map((part) => part.text ?? '').join('')),
  ),
]);
/** A whole number. What some server counts otherwise is estimated. */
const count = maybe(z.int().check(z.nonnegative()));
const call = z.object({
  name: maybe(z.string()),
  arguments: maybe(
    z.union([
      z.string(),
      z.pipe(
        z.looseObject({}),
        z.transform((value) => JSON.stringify(value)),
      ),
    ]),
  ),
});
const part = z.object({
  content: maybe(text),
  refusal: maybe(z.string()),
  reasoning_content: maybe(z.string()),
  reasoning: maybe(z.string()),
  tool_calls: maybe(z.array(z.object({ index: maybe(z.number()), id: maybe(z.string()), function: maybe(call) }))),
  /** What tool_calls was called before. */
  function_call: maybe(call),
});
const sent = z.object({
  choices: maybe(z.array(z.object({ delta: maybe(part), message: maybe(part), finish_reason: maybe(z.string()) }))),
  usage: maybe(
    z.object({
      total_tokens: count,
      prompt_tokens: count,
      completion_tokens: count,
    }),
  ),
  object: maybe(z.string()),
  error: z.optional(z.unknown()),
  error_code: z.optional(z.unknown()),
});

/** Reads a chunk of a streamed answer, or a whole one. Throws `ServerError` for an error that a server sends as a chunk. */
export function readChunk(data: string): Chunk {
  const { choices: [choice] = [], usage = {}, ...rest } = z.parse(sent, parse(data));
  if (rest.error || rest.error_code || rest.object === 'error') throw errorIn(data);
  const written = choice?.delta ?? choice?.message ?? {};
  const calls: CallPiece[] = (written.tool_calls ?? []).map(({ function: called, ...ids }) => ({ ...ids, ...called }));
  if (written.function_call) calls.push(written.function_call);
  const answer = written.content || written.refusal || '';
  const thoughts = written.reasoning_content ?? written.reasoning ?? '';
  return {
    text: answer,
    calls,
    bytes: Buffer.byteLength(answer + thoughts + calls.map((one) => (one.name ?? '') + (one.arguments ?? '')).join('')),
    tokens: usage.total_tokens ?? (usage.prompt_tokens ?? 0) + (usage.completion_tokens ?? 0),
    isLast: Boolean(choice?.finish_reason),
  };
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    // The error that is thrown here quotes the answer, and would be logged.
    throw new Error('The server sent invalid JSON.');
  }
}

const withCode = z.object({ error: z.object({ code: z.union([z.string(), z.number()]) }) });

/** Some servers notice only after the answer has begun that they are too busy. */
function errorIn(data: string): ServerError {
  const { success, data: known } = z.safeParse(withCode, JSON.parse(data));
  const code = success ? String(known.error.code) : '';
  return new ServerError(/^429$|rate.?limit/.test(code) ? 429 : 500, data);
}
