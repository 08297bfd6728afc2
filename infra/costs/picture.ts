import { userCounts } from './assumptions.ts';
import { fits } from './fits.ts';
import { dollarsFor, fixedMonth, servicesOf, short } from './table.ts';

/** The picture in docs/costs.md: above, how many daily users fit below each quota; below, what a thousand of them cost. */

const [width, labelWidth, right] = [860, 320, 150];
const chartWidth = width - labelWidth - right;
const [rowHeight, barHeight, headHeight] = [24, 15, 44];
const colors = ['#4c78c8', '#e08a2e', '#3a9a6b', '#c65b7c', '#8a6fc2', '#a07c3c', '#5a9fb5', '#8b8f98'];

const style = `text{font:13px system-ui,sans-serif;fill:#1f2328}.h{font-weight:600;font-size:15px}.r{text-anchor:end}
.s{fill:#656d76;font-size:12px}.first{fill:#c9453b}.ours{fill:#8a6fc2}.aws{fill:#4c78c8}line{stroke:#d0d7de}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}line{stroke:#3d444d}}`;

const at = (value: number) => Math.round(value * 10) / 10;
const text = (x: number, y: number, content: string, className = '') =>
  `<text x="${at(x)}" y="${at(y)}"${className && ` class="${className}"`}>${content}</text>`;
const bar = (x: number, y: number, length: number, look: string) =>
  `<rect x="${at(x)}" y="${at(y)}" width="${at(length)}" height="${barHeight}" ${look}/>`;

const decades = { from: 4, to: 8 };
/** A logarithmic scale. */
const xOf = (users: number) =>
  labelWidth + (chartWidth * (Math.log10(users) - decades.from)) / (decades.to - decades.from);

function quotaRows(top: number): string[] {
  const binding = fits.find(({ isOurs }) => !isOurs);
  return fits.flatMap((fit, n) => {
    const { name, isOurs, users } = fit;
    const y = top + n * rowHeight;
    const look = fit === binding ? 'first' : isOurs ? 'ours' : 'aws';
    const end = Math.min(xOf(users), labelWidth + chartWidth);
    return [
      text(labelWidth - 10, y + 12, name.replaceAll('`', ''), 'r'),
      bar(labelWidth, y, end - labelWidth, `class="${look}"`),
      text(end + 6, y + 12, short(users), 's'),
    ];
  });
}

function axis(top: number, bottom: number): string[] {
  const lines: string[] = [];
  for (let decade = decades.from; decade <= decades.to; decade++) {
    const x = at(xOf(10 ** decade));
    lines.push(`<line x1="${x}" y1="${top - 6}" x2="${x}" y2="${bottom}"/>`);
    lines.push(text(x - 16, bottom + 14, short(10 ** decade), 's'));
  }
  return lines;
}

/** Dollars a month for a thousand daily users, by service. */
const thousandOf = (users: number): [string, number][] =>
  Object.entries({ ...servicesOf(users), fixed: fixedMonth }).map(([name, dollars]) => [
    name,
    (dollars / users) * 1000,
  ]);

const mostDollars = Math.max(...userCounts.map((users) => (dollarsFor(users) / users) * 1000));

function dollarRows(top: number): string[] {
  return userCounts.flatMap((users, n) => {
    const y = top + n * rowHeight;
    let x = labelWidth;
    const parts = thousandOf(users).map(([, dollars], part) => {
      const length = (chartWidth * dollars) / mostDollars;
      x += length;
      return bar(x - length, y, length, `fill="${colors[part]}"`);
    });
    const dollars = (dollarsFor(users) / users) * 1000;
    const total = `$${dollars.toFixed(2)}, in all $${short(dollarsFor(users))}`;
    const name = text(labelWidth - 10, y + 12, `${users.toLocaleString('en')} daily users`, 'r');
    return [name, ...parts, text(x + 6, y + 12, total, 's')];
  });
}

function legend(top: number): string[] {
  const each = (width - 40) / colors.length;
  return thousandOf(1).flatMap(([name], n) => [
    `<rect x="${at(20 + n * each)}" y="${top}" width="10" height="10" fill="${colors[n]}"/>`,
    text(20 + n * each + 14, top + 10, name, 's'),
  ]);
}

export function picture(): string {
  const quotasBottom = headHeight + fits.length * rowHeight;
  const dollarsTop = quotasBottom + 70;
  const legendTop = dollarsTop + userCounts.length * rowHeight + 8;
  const height = legendTop + 24;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Daily users by quota, and dollars a month">`,
    `<style>${style}</style>`,
    text(20, 22, 'Daily users that fit below each default quota', 'h'),
    text(width - 20, 22, 'blue: of AWS, red: binds first of these, violet: our setting', 's r'),
    ...axis(headHeight, quotasBottom),
    ...quotaRows(headHeight),
    text(20, dollarsTop - 16, 'Dollars a month for a thousand daily users', 'h'),
    ...dollarRows(dollarsTop),
    ...legend(legendTop),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}
