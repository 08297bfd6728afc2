import { expect, test } from 'vitest';
import { linksIn } from '../../../../../infra/local/playground/views/chat/text/links.ts';

const hrefs = (text: string) => linksIn(text).map(({ href }) => href);

test.each([
  ['Write to anna@example.com.', ['mailto:anna@example.com']],
  ['Write to (boris.petrov+lake@mail.example.co.uk), please', ['mailto:boris.petrov+lake@mail.example.co.uk']],
  ['почта@пример.рф', ['mailto:почта@пример.рф']],
  ['Call +7 (912) 345-67-89!', ['tel:+79123456789']],
  ['+12025550123, +44 20 7946 0958', ['tel:+12025550123', 'tel:+442079460958']],
  [
    'a@example.com https://example.com +79991234567',
    ['mailto:a@example.com', 'https://example.com', 'tel:+79991234567'],
  ],
])('finds the links of %j', (text, found) => {
  expect(hrefs(text)).toEqual(found);
  for (const { shown, start } of linksIn(text)) expect(text.slice(start, start + shown.length)).toBe(shown);
});

test.each([
  '@anna and anna@ and anna@localhost',
  'anna@example.com@evil.example',
  'https://bank.example@evil.example/ https://bank.example:80@evil.example',
  '1+1 234 567 890 12',
  'Order 79123456789, +22 degrees, +123',
  '+7 912 345 67 89 01 23 45 67',
])('finds no link in %j', (text) => {
  expect(hrefs(text)).toEqual([]);
});

test('an address in a web address is part of it', () => {
  expect(hrefs('https://example.com/?to=a@example.com&call=+79991234567')).toEqual([
    'https://example.com/?to=a@example.com&call=+79991234567',
  ]);
});
