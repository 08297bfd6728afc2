import { expect, test } from 'vitest';
import { en } from '../../../../infra/local/playground/texts/en/index.ts';
import { ru } from '../../../../infra/local/playground/texts/ru/index.ts';
import { lastSeenAt } from '../../../../infra/local/playground/views/day-text.ts';

const [anna, boris, vera] = ['Anna', 'Boris', 'Vera'];

test.each([
  [[anna], 'Anna is typing', 'Anna печатает'],
  [[anna, boris], 'Anna and Boris are typing', 'Anna и Boris печатают'],
  [[anna, boris, vera], 'Anna and 2 others are typing', 'Anna и ещё 2 печатают'],
])('words that %j write', (names, english, russian) => {
  expect([en.people.isTyping(names), ru.people.isTyping(names)]).toEqual([english, russian]);
});

test.each([
  [new Date(2026, 2, 5, 12, 0), 'last seen 1 minute ago', 'был(а) в сети 1 минуту назад'],
  [new Date(2026, 2, 5, 11, 5), 'last seen 55 minutes ago', 'был(а) в сети 55 минут назад'],
  [new Date(2026, 2, 5, 9, 5), 'last seen today at 9:05 AM', 'был(а) в сети сегодня в 09:05'],
  [new Date(2026, 2, 4, 23, 55), 'last seen yesterday at 11:55 PM', 'был(а) в сети вчера в 23:55'],
  [new Date(2026, 2, 3, 12, 0), 'last seen March 3, 2026', 'был(а) в сети 3 марта 2026 г.'],
])('words that somebody was last seen at %s', (time, english, russian) => {
  const now = new Date(2026, 2, 5, 12, 0).getTime();
  const words = [en, ru].map((texts) => texts.people.lastSeen(lastSeenAt(time, now, texts)));
  expect(words.map((text) => text.replaceAll('\u202f', ' ').replaceAll('\u00a0', ' '))).toEqual([english, russian]);
});
