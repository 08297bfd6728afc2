import { styleText } from 'node:util';
import type { Account } from '../client/person.ts';
import type { Checked } from './run.ts';

const marks = {
  ok: styleText('green', 'ok      '),
  failed: styleText('red', 'FAILED  '),
  skipped: styleText('yellow', 'SKIPPED '),
};

/** The lines about one requirement. */
export function describe({ requirement: { id, text }, outcome, ms }: Checked): string[] {
  const lines = [`${marks[outcome.result]}${id.padEnd(32)} ${text} ${styleText('dim', `${ms} ms`)}`];
  if (outcome.result === 'skipped') lines.push(`        because ${outcome.why}`);
  if (outcome.result === 'failed')
    lines.push(`        ${outcome.what}`, `        expected  ${outcome.expected}`, `        came      ${outcome.came}`);
  return lines;
}

export function totals(all: readonly Checked[]): { ok: number; failed: number; skipped: number } {
  const count = (result: string) => all.filter(({ outcome }) => outcome.result === result).length;
  return { ok: count('ok'), failed: count('failed'), skipped: count('skipped') };
}

/** What remains on the server. */
export interface Left {
  deleted: number;
  accounts: Account[];
  phones: string[];
}

export function describeLeft({ deleted, accounts, phones }: Left): string[] {
  const lines: string[] = [];
  if (deleted > 0) lines.push(`${deleted} accounts were made, and deleted again; their groups remain.`);
  if (accounts.length > 0)
    lines.push(`${accounts.length} accounts were made and remain:`, ...accounts.map(({ email }) => `  ${email}`));
  for (const phone of phones) lines.push(`The account of the phone ${phone} remains.`);
  return lines;
}

/** For other programs. */
export function asJson(url: string, all: readonly Checked[], { accounts, phones }: Left): string {
  const requirements = all.map(({ requirement: { id, text }, outcome, ms }) => ({ id, text, ...outcome, ms }));
  const remaining = [...accounts.map(({ email }) => email), ...phones];
  return JSON.stringify({ url, totals: totals(all), requirements, remaining }, undefined, 2);
}
