import type { Texts } from '../texts/en/index.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A day in words: "Today", "Yesterday", the weekday for the five days before, else the date. `today` is any time of today. */
export function dayText(time: Date, today: string, texts: Texts): string {
  const daysAgo = Math.round((startOfDay(new Date(today)) - startOfDay(time)) / dayMs);
  if (daysAgo === 0 || daysAgo === 1) return capital(texts.relative(-daysAgo, 'day'));
  if (daysAgo > 1 && daysAgo < 7) return capital(texts.weekday(time));
  return texts.date(time);
}

/** When the newest message of a chat was sent, for the list: the time today, "Yesterday", the weekday, else the date. */
export function shortTime(time: Date, today: string, texts: Texts): string {
  if (time.toDateString() === today) return texts.time(time);
  const daysAgo = Math.round((startOfDay(new Date(today)) - startOfDay(time)) / dayMs);
  if (daysAgo === 1) return capital(texts.relative(-1, 'day'));
  return daysAgo > 0 && daysAgo < 7 ? texts.shortWeekday(time) : texts.shortDate(time);
}

/** "20 minutes ago", "yesterday at 14:05", or the day. `now` is in milliseconds since the epoch. */
export function lastSeenAt(time: Date, now: number, texts: Texts): string {
  const minutesAgo = Math.round((now - time.getTime()) / minuteMs);
  if (minutesAgo < 60) return texts.relative(-Math.max(1, minutesAgo), 'minute');
  const daysAgo = Math.round((startOfDay(new Date(now)) - startOfDay(time)) / dayMs);
  if (daysAgo > 1) return texts.date(time);
  return texts.people.dayAt(texts.relative(-daysAgo, 'day'), texts.time(time));
}

/** A moment to come: the day with the time. */
export const whenText = (time: Date, texts: Texts): string => texts.people.dayAt(texts.date(time), texts.time(time));

/** Milliseconds since the epoch. Callers round their differences, because a change of clocks makes a day of 23 or 25 hours. */
const startOfDay = (time: Date): number => new Date(time).setHours(0, 0, 0, 0);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
