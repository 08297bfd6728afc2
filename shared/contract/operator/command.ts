import type * as z from 'zod/mini';
import type { ProblemCode } from '../problems.ts';

/** One thing that the operator can do: `POST /operator/{name}`, signed with AWS credentials. */
export interface Command {
  /** The last segment of the path, and the word to type: `npm run operator -- remove-message ID`. */
  readonly name: string;
  readonly summary: string;
  /** What it does to the data. What is `final` can't be undone. */
  readonly effect: 'reads' | 'changes' | 'final';
  readonly input: z.ZodMiniObject;
  /** The fields of the input that are written without their names, in this order. */
  readonly positional: readonly string[];
  readonly response: z.ZodMiniObject;
  /** The problems it can answer with, besides `invalid_input`, `internal` and `unavailable`. */
  readonly problems: readonly ProblemCode[];
}

export function defineCommand<const C extends Command>(command: C): C {
  return command;
}

export type InputOf<C extends Command> = z.output<C['input']>;
export type AnswerOf<C extends Command> = z.input<C['response']>;
