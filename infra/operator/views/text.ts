import { printable } from '../../local/console/printable.ts';

/** How a view is shown. */
export interface Look {
  /** The columns of the terminal; undefined for whole lines. */
  width: number | undefined;
}

/** Rows with aligned columns. A name can contain what controls a terminal, so it is escaped. */
export function columns(rows: string[][]): string[] {
  const cells = rows.map((row) => row.map(inOneLine));
  const widths = (cells[0] ?? []).map((_, index) => Math.max(...cells.map((row) => lengthOf(row[index]))));
  return cells.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - lengthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** A table with a line of titles, cut to the terminal's width. */
export const table = (titles: string[], rows: string[][], { width }: Look): string[] =>
  columns([titles.map((title) => title.toUpperCase()), ...rows]).map((line) => cut(line, width));

/** A line for each value that there is. */
export const details = (values: Record<string, string | undefined>): string[] =>
  columns(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** "2026-11-29 17:05" in this computer's time zone. */
export function localTime(time: string): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

const lengthOf = (text = ''): number => [...text].length;

function cut(line: string, width: number | undefined): string {
  const characters = [...line];
  return width === undefined || characters.length <= width ? line : `${characters.slice(0, width - 1).join('')}…`;
}

/** The server puts names in system messages between invisible isolates, which a terminal need not show. */
const inOneLine = (text: string): string =>
  printable(text.replace(/[\u2066-\u2069]/g, '').replace(/\s*[\r\n]+\s*/g, ' ↵ '));
