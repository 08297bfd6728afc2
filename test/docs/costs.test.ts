import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** docs/costs.md adds up, and both READMEs repeat its totals. */

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
const page = read('docs/costs.md');

const cellsOf = (row: string) =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
/** The tables that end with a total, as rows of cells. */
const tables = Array.from(page.matchAll(/(?:^\|.*\|\n)+/gm), ([table]) => table.trim().split('\n').map(cellsOf)).filter(
  (rows) => rows.at(-1)?.[0] === '' && rows.at(-1)?.at(-1)?.startsWith('**'),
);
const totalOf = (rows: string[][]) => Number(rows.at(-1)?.at(-1)?.replaceAll('*', ''));

test.each(tables.map((rows) => [rows[2]?.[0], rows] as const))('the table that begins with %s adds up', (_, rows) => {
  const cents = rows.slice(2, -1).map((cells) => Math.round(Number(cells.at(-1)) * 100));
  expect(cents.reduce((sum, each) => sum + each, 0)).toBe(Math.round(totalOf(rows) * 100));
});

test('amounts times prices give the dollars', () => {
  let checked = 0;
  for (const [, amount = '', price = '', dollars = ''] of tables.flat()) {
    const million = /^([\d,.]+)( million)?\b/.exec(amount);
    const each = /^\$([\d.]+) (a million|per 10,000)$/.exec(price);
    if (!million || !each) continue;
    const count = Number(million[1]?.replaceAll(',', '')) * (million[2] ? 1e6 : 1);
    const product = (count * Number(each[1])) / (each[2] === 'a million' ? 1e6 : 1e4);
    expect(Number(dollars), `${amount} × ${price}`).toBeCloseTo(product, 1.9);
    checked++;
  }
  expect(checked).toBeGreaterThan(8);
});

test.each(['README.md', 'README.ru.md'])('%s repeats the totals', (file) => {
  const repeated = Array.from(read(file).matchAll(/^\| .* \| \$([\d.]+) \|$/gm), ([, dollars]) => Number(dollars));
  expect(repeated.length).toBeGreaterThan(3);
  expect(tables.map(totalOf)).toEqual(expect.arrayContaining(repeated));
});
