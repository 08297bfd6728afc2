import { pricesPerMonth } from '../prices.ts';
import { chats, daysOfMonth, perUser, shares, userCounts } from './assumptions.ts';
import { idleMonth } from './counted.ts';
import { actions, month } from './day.ts';
import { fits } from './fits.ts';
import { dollarsOf, type Service, times, type Use } from './use.ts';

/** The table in docs/costs.md, as rows of cells. */

const sumOf = (dollars: Record<Service, number>) => Object.values(dollars).reduce((total, each) => total + each);

/** What a month costs without users: the idle month, 16 metrics of use, and the alarms on pushes. */
export const fixedMonth = idleMonth + 16 * pricesPerMonth.metric + 4 * pricesPerMonth.alarm;

export const servicesOf = (users: number): Record<Service, number> => dollarsOf(times(users, month));
export const dollarsFor = (users: number): number => fixedMonth + sumOf(servicesOf(users));

const digits = (value: number, count: number) =>
  value.toLocaleString('en', { minimumFractionDigits: count, maximumFractionDigits: count });
const dollars = (value: number) => `$${digits(value, value < 100 ? 2 : 0)}`;
const perUserDollars = (value: number) => `$${digits(value, 5)}`;
export const short = (value: number): string => {
  const [size, unit] = value >= 999.5e6 ? [1e9, ' billion'] : value >= 999_500 ? [1e6, ' million'] : [1, ''];
  return `${Number((value / size).toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 2 })}${unit}`;
};
const percent = (share: number) => `${Number((100 * share).toPrecision(2)).toLocaleString('en')}%`;

const forEach = (cell: (users: number) => string) => userCounts.map(cell);
const group = (title: string, unit: string) => [`**${title}**`, unit, ...userCounts.map(() => '')];

const actionRows = actions.map(({ name, perDay, once }) => {
  const ofMonth = sumOf(dollarsOf(times(perDay * daysOfMonth, once)));
  return [`${perDay} × ${name}`, perUserDollars(ofMonth), ...forEach((users) => dollars(ofMonth * users))];
});

const amounts: [name: string, of: (use: Use) => number][] = [
  ['messages sent', () => perUser.messages * daysOfMonth],
  ['REST requests', ({ requests }) => requests],
  ['frames', (use) => use.frames],
  ['connection minutes', ({ connectionMinutes }) => connectionMinutes],
  ['DynamoDB write units', ({ writeUnits }) => writeUnits],
  ['DynamoDB read units', ({ readUnits }) => readUnits],
  ['Lambda invocations', ({ invocations }) => invocations],
  ['Lambda GB-s', ({ gigabyteSeconds }) => gigabyteSeconds],
  ['SQS requests', ({ queueRequests }) => queueRequests],
  ['CloudFront requests', ({ edgeRequests }) => edgeRequests],
  ['CloudFront GB out', ({ edgeBytes }) => edgeBytes / 1e9],
  ['S3 writes', ({ fileWrites }) => fileWrites],
  ['stored GB', ({ storedFileBytes, storedItemBytes }) => (storedFileBytes + storedItemBytes) / 1e9],
  ['logged GB', ({ loggedBytes }) => loggedBytes / 1e9],
];
const amountRows = amounts.map(([name, of]) => [
  name,
  short(of(month)),
  ...forEach((users) => short(of(month) * users)),
]);

const services = Object.keys(servicesOf(1)) as Service[];
const serviceRows = services.map((service) => [
  service,
  perUserDollars(servicesOf(1)[service]),
  ...forEach((users) => dollars(servicesOf(users)[service])),
]);
const totals = [
  ['fixed', '', ...forEach(() => dollars(fixedMonth))],
  ['**total**', '', ...forEach((users) => `**${dollars(dollarsFor(users))}**`)],
  ['per user', '', ...forEach((users) => perUserDollars(dollarsFor(users) / users))],
];

const quotaRows = fits.map(({ name, isOurs, limit, perUser, users }) => [
  `${name}, ${short(limit)}${isOurs ? ' (our setting)' : ''}`,
  `${short(users)} fit`,
  ...forEach((count) => percent((perUser * count) / limit)),
]);

const titles = ['', 'one daily user', ...userCounts.map((count) => count.toLocaleString('en'))];
export const rows: string[][] = [
  titles,
  group('What a user does in a day, $ a month', ''),
  ...actionRows,
  group('Amounts a month', ''),
  ...amountRows,
  group('$ a month, by service', ''),
  ...serviceRows,
  ...totals,
  group('Share of the quota that the busiest second takes', 'daily users'),
  ...quotaRows,
];

const sizes = chats.map(
  ({ participants, share }) => `${percent(share)} in chats of ${participants.toLocaleString('en')}`,
);
const named = (ours: boolean) =>
  fits
    .filter(({ isOurs = false }) => isOurs === ours)
    .map(({ name, users }) => `${name} (${short(users)} daily users)`);
const [first, second, third] = named(false);

/** What is written between the markers in docs/costs.md. */
export const markdown = `${[
  `Messages, marks and typing by the size of the chat: ${sizes.join(', ').replace(/, (?!.*, )/, ' and ')}.`,
  `${percent(shares.online)} of the other participants are connected when something happens, and ${percent(shares.busiestHour)} of a day's activity falls into its busiest hour.`,
  `The first AWS quota to bind is **${first}**, then ${second} and ${third}.`,
  `The first of our own settings to bind is ${named(true)[0]}; raise it before then.`,
].join('\n')}\n\n${rows
  .map(
    (cells, n) =>
      `| ${cells.join(' | ')} |${
        n === 0
          ? `\n|---|${cells
              .slice(1)
              .map(() => '---:|')
              .join('')}`
          : ''
      }`,
  )
  .join('\n')}`;
