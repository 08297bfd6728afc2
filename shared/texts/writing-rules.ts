import type { About } from './texts.ts';

/** The words of a language for who may write in a group, and how often. */
interface Words {
  everyone: string;
  admins: string;
  slowOff: string;
  slow: (time: string) => string;
  units: { hours: string; minutes: string; seconds: string };
}

/** What has changed, separated by commas. */
export function writingRules({ posting, slowModeSeconds }: Pick<About, 'posting' | 'slowModeSeconds'>, words: Words) {
  const slow = slowModeSeconds && words.slow(durationIn(slowModeSeconds, words.units));
  const rules = [posting && words[posting], slowModeSeconds === 0 ? words.slowOff : slow];
  return rules.filter(Boolean).join(', ');
}

/** The seconds in the largest unit that divides them: 90 are seconds, 120 are minutes. */
function durationIn(seconds: number, { hours, minutes, seconds: unit }: Words['units']): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} ${hours}`;
  return seconds % 60 === 0 ? `${seconds / 60} ${minutes}` : `${seconds} ${unit}`;
}
