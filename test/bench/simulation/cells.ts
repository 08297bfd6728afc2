/** How figures are written. */

export type Columns<Outcome> = Record<string, (outcome: Outcome) => string>;

export const whole = (count: number) => Math.round(count).toLocaleString('en');

const time = (ms: number) => {
  if (ms < 9950) return `${whole(ms)} ms`;
  return ms < 600_000 ? `${whole(ms / 1000)} s` : `${(ms / 60_000).toFixed(1)} min`;
};

export const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/** The percentile of sorted times; "never" if fewer were measured. */
export const quantile = (times: number[], q: number): string => {
  const ms = times[Math.max(0, Math.ceil(q * times.length) - 1)] ?? 0;
  return Number.isFinite(ms) ? time(ms) : 'never';
};
