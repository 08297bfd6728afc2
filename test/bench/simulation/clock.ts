/** Virtual time: nobody waits, everything is done in the order of its millisecond. `Date.now()` tells it to all code. */

const longest = 2 * 60 * 60 * 1000;
const epoch = Date.UTC(2026, 0, 1);
let now = epoch;
let due = new Map<number, (() => void)[]>();

Date.now = () => now;

/** Forgets what was to be done, and begins again. */
export function resetClock(): void {
  now = epoch;
  due = new Map();
}

/** As Node's timers do, it lets a millisecond pass at least, and all that is due at one go in the order they were asked for. */
export function at(time: number, action: () => void): void {
  const ms = Math.max(now + 1, Math.ceil(time));
  const actions = due.get(ms);
  if (actions) actions.push(action);
  else due.set(ms, [action]);
}

/** Goes on until it is over. Between two milliseconds all promises get as far as they can: none waits for anything else. */
export async function runUntil(over: () => boolean): Promise<void> {
  while (!over()) {
    const actions = due.get(++now);
    if (now > epoch + longest) throw new Error('The simulation does not end');
    if (!actions) continue;
    due.delete(now);
    for (const action of actions) action();
    await new Promise(setImmediate);
  }
}

/** Stands for that of node:timers/promises. */
export function sleep<T>(delay: number, value?: T, options?: { signal?: AbortSignal }): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  at(now + Math.trunc(delay), () => resolve(value as T));
  options?.signal?.addEventListener('abort', reject, { once: true });
  return promise;
}
