import type { ProblemCode } from '#shared/contract/problems.ts';
import { freeSlot, takeSlot } from '#shared/data/slots.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Longer than a function runs, so that only a dead one loses its slot. Seconds. */
const lifetime = 30;

/** How much may be under way at once, and what is told to those who come too soon. */
interface Slots {
  what: string;
  count: number;
  otherwise: ProblemCode;
  /** Seconds. */
  retryAfter: number;
}

/** One account holds only a few of the functions that wait for the model. */
const ofUser: Slots = { what: 'assistant', count: 3, otherwise: 'too_many_questions', retryAfter: 5 };
const ofQuestion: Slots = { what: 'question', count: 1, otherwise: 'question_under_way', retryAfter: 2 };

async function holdingOne<T>({ what, count, otherwise, retryAfter }: Slots, who: string, work: () => Promise<T>) {
  const slot = await takeSlot(what, who, count, lifetime);
  if (!slot) throw new Problem(otherwise, { retryAfter });
  try {
    return await work();
  } finally {
    await freeSlot(slot);
  }
}

/** Runs what waits for the model, for one user three at once. Throws `too_many_questions`. */
export const oneOfThree = <T>(userId: string, work: () => Promise<T>): Promise<T> => holdingOne(ofUser, userId, work);

/** Runs the work on a question, at most once at a time. Throws `question_under_way`. */
export const oneAtATime = <T>(answerId: string, work: () => Promise<T>): Promise<T> =>
  holdingOne(ofQuestion, answerId, work);
