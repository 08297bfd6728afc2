export type Say = (line: string) => void;

/** Milliseconds. */
const worthTelling = 1000;
const tellAgainEvery = 5000;

/** Since then, by `performance.now()`: "4.2 s". */
export const secondsSince = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** Says what is being done; if it takes a while, that it still is, and in the end how long it took. */
export async function step<T>(say: Say, what: string, work: () => Promise<T>, detail?: string): Promise<T> {
  say(detail === undefined ? what : `${what} (${detail})`);
  const start = performance.now();
  const again = setInterval(() => say(`${what}: ${secondsSince(start)} so far`), tellAgainEvery);
  try {
    const result = await work();
    if (performance.now() - start > worthTelling) say(`${what} took ${secondsSince(start)}`);
    return result;
  } finally {
    clearInterval(again);
  }
}
