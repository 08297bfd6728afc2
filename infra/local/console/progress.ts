export type Say = (line: string) => void;

/** A step that took longer says how long it took. */
const longStepMs = 1000;
const reminderMs = 5000;

/** "4.2 s". `start` comes from `performance.now()`. */
export const secondsSince = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** Says what is being done. If it takes a while, says so every few seconds and, at the end, how long it took. */
export async function step<T>(say: Say, what: string, work: () => Promise<T>, detail?: string): Promise<T> {
  say(detail === undefined ? what : `${what} (${detail})`);
  const start = performance.now();
  const reminder = setInterval(() => say(`${what}: ${secondsSince(start)} so far`), reminderMs);
  try {
    const result = await work();
    if (performance.now() - start > longStepMs) say(`${what} took ${secondsSince(start)}`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}
