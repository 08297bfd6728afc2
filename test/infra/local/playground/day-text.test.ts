import { expect, test } from 'vitest';
import { en } from '../../../../infra/local/playground/texts/en/index.ts';
import { ru } from '../../../../infra/local/playground/texts/ru/index.ts';
import { shortTime } from '../../../../infra/local/playground/views/day-text.ts';

const today = new Date(2026, 10, 20, 12).toDateString();
const at = (day: number, hour = 21) => new Date(2026, 10, day, hour, 14);

test('the list says the time of today, yesterday, the weekday of a week, then the date', () => {
  const words = [20, 19, 18, 14, 13].map((day) => shortTime(at(day), today, en));
  expect(words.map((word) => word.replace('\u202f', ' '))).toEqual(['9:14 PM', 'Yesterday', 'Wed', 'Sat', '11/13/26']);
  expect([20, 19, 18, 13].map((day) => shortTime(at(day), today, ru))).toEqual(['21:14', 'Вчера', 'ср', '13.11.26']);
});

test('midnight begins another day', () => {
  expect(shortTime(at(19, 23), today, en)).toBe('Yesterday');
});
