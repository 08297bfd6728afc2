import { AsyncLocalStorage } from 'node:async_hooks';
import { vi } from 'vitest';
import type * as transport from '#shared/platform/aws/request.ts';

/** An invocation that dies at one of its calls to AWS. */
interface Life {
  /** Calls that it still makes. */
  left: number;
  /** Whether the last call arrives. */
  arrives: boolean;
  calls: number;
  isDead: boolean;
  die: () => void;
  underWay: Set<Promise<unknown>>;
}

const lives = new AsyncLocalStorage<Life>();
const never = new Promise<never>(() => {});

const through =
  <Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
  async (...given: Given): Promise<Answer> => {
    const life = lives.getStore();
    if (!life) return call(...given);
    if (life.isDead) return never;
    life.calls++;
    const isLast = life.left-- === 0;
    if (isLast && !life.arrives) return end(life);
    const answer = call(...given);
    life.underWay.add(answer);
    await answer.catch(() => {});
    if (isLast) return end(life);
    return life.isDead ? never : answer;
  };

function end(life: Life): Promise<never> {
  life.isDead = true;
  life.die();
  return never;
}

/** From now on handlers are loaded anew, so that `crashing` can end them. */
export async function makeMortal(): Promise<void> {
  vi.resetModules();
  const real = await vi.importActual<typeof transport>('#shared/platform/aws/request.ts');
  vi.doMock('#shared/platform/aws/request.ts', () => ({
    ...real,
    exchange: through(real.exchange),
    awsRequest: through(real.awsRequest),
    signedExchange: through(real.signedExchange),
  }));
}

/**
 * Runs a handler that dies at the call to AWS after so many others: before the call is made or, if it arrives, as it is
 * answered. What else is under way then still arrives. Returns the number of calls, and the result if it did not die.
 */
export async function crashing<Result>(
  { after, arrives }: { after: number; arrives: boolean },
  run: () => Promise<Result>,
): Promise<{ calls: number; result?: Result }> {
  const death = Promise.withResolvers<void>();
  const life = {
    left: after,
    arrives,
    calls: 0,
    isDead: false,
    die: death.resolve,
    underWay: new Set<Promise<unknown>>(),
  };
  const ended = lives.run(life, run);
  const result = await Promise.race([ended, death.promise]);
  await Promise.allSettled(life.underWay);
  return { calls: life.calls, ...(!life.isDead && { result: result as Result }) };
}
