import { setTimeout as sleep } from 'node:timers/promises';
import { countMetric } from '#shared/platform/metrics.ts';
import type { PostResult } from './post.ts';

/** The longest wait before the second attempt; doubles with each further one. The wait is a random part of it. Milliseconds. */
const backoff = { first: 50, max: 2000 };

interface Options {
  /** The first attempt, if it is under way already. */
  firstAttempt?: Promise<PostResult>;
  /** No second attempt before this. */
  afterFirstRound?: Promise<unknown>;
  /** Whether the connection is so young that "gone" may mean "not open yet". */
  mayStillBeOpening?: () => boolean;
}

/** Posts until it succeeds, fails for good or runs out of time. Returns the last attempt's result. */
export async function retryPost(
  attempt: () => Promise<PostResult>,
  deadline: number,
  { firstAttempt = attempt(), afterFirstRound, mayStillBeOpening = () => false }: Options = {},
): Promise<PostResult> {
  let last = await firstAttempt;
  for (let wait = backoff.first; ; wait = Math.min(wait * 2, backoff.max)) {
    if (last.result !== 'try again' && !(last.result === 'gone' && mayStillBeOpening())) return last;
    await afterFirstRound;
    const pause = Math.random() * wait;
    if (Date.now() + pause >= deadline) return last;
    await sleep(pause);
    countMetric('DeliveryRetries');
    last = await attempt();
  }
}
