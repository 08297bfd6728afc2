/**
 * Virtual time for a whole process: the clock stands still while real work is under way, and then jumps to the next
 * moment that something waits for. Import this before everything else.
 */

const RealDate = Date;
let now = RealDate.now();

globalThis.Date = class extends RealDate {
  constructor(...of: unknown[]) {
    super(...((of.length === 0 ? [now] : of) as [number]));
  }
  static override now = () => now;
} as DateConstructor;

/** A timer like Node's. */
class Timer {
  readonly at: number;
  readonly action: () => void;

  constructor(at: number, action: () => void) {
    this.at = at;
    this.action = action;
  }

  ref = () => this;
  unref = () => this;
}

/** In the order in which they were set. */
const timers = new Set<Timer>();

function after(ms: number | undefined, action: () => void): Timer {
  const timer = new Timer(now + Math.max(1, Math.ceil(ms ?? 0)), action);
  timers.add(timer);
  return timer;
}

Object.assign(globalThis, {
  setTimeout: (action: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) =>
    after(ms, () => action(...given)),
  clearTimeout: (timer: Timer | undefined) => void (timer && timers.delete(timer)),
});

AbortSignal.timeout = (ms) => {
  const over = new AbortController();
  after(ms, () => over.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')));
  return over.signal;
};

/** Also replaces `setTimeout` of node:timers/promises. */
export function sleep<T>(ms: number, value?: T, options: { signal?: AbortSignal } = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = after(ms, () => resolve(value as T));
    options.signal?.addEventListener('abort', () => {
      timers.delete(timer);
      reject(options.signal?.reason);
    });
  });
}
export { sleep as setTimeout };

let underWay = 0;
let ended = () => {};

/** Does something that takes real time, for which the clock stands still. */
export async function real<T>(work: () => Promise<T>): Promise<T> {
  underWay++;
  try {
    return await work();
  } finally {
    underWay--;
    ended();
  }
}

type Asynchronous = (...given: unknown[]) => Promise<unknown>;
const crypto = SubtleCrypto.prototype as unknown as Record<string, Asynchronous>;
for (const name of ['digest', 'importKey', 'sign', 'verify']) {
  const really = crypto[name] as Asynchronous;
  crypto[name] = function (this: unknown, ...given) {
    return real(() => really.apply(this, given));
  };
}

/** Waits until all promises have got as far as they can without time passing. */
async function quiet(): Promise<void> {
  do {
    if (underWay > 0)
      await new Promise<void>((resolve) => {
        ended = resolve;
      });
    for (let turn = 0; turn < 3 && underWay === 0; turn++) await new Promise(setImmediate);
  } while (underWay > 0);
}

/** Lets time pass until this promise settles. */
export async function pass<T>(main: Promise<T>): Promise<T> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  main.then(over, over);
  for (await quiet(); !isOver; await quiet()) {
    let next: Timer | undefined;
    for (const timer of timers) if (!next || timer.at < next.at) next = timer;
    if (!next) throw new Error('Everything waits, and nothing for a moment to come');
    timers.delete(next);
    now = Math.max(now, next.at);
    next.action();
  }
  return main;
}
