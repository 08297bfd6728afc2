import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { args, pathOf } from '../browser/chromium.ts';
import { type SignedIn, signUp } from './page/people.ts';
import { startServer } from './processes.ts';
import { median } from './table.ts';

/**
 * `npm run bench:lighthouse [-- runs]`: how Lighthouse rates the sign-in page and an open chat, as medians. It is not a
 * dependency, because only this needs it: npx installs it beside the project.
 */

const lighthouse = 'lighthouse@13.5.0';
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const runs = Number(process.argv[2] ?? 5);

const server = await startServer('serve-local.ts');
const names = ['Anna', 'Boris', 'Vera', 'Gleb', 'Daria', 'Egor'];
const people = await Promise.all(names.map((name) => signUp(server.url, name)));
const [anna, ...others] = people as [SignedIn, ...SignedIn[]];
const chatId = await anna.newGroup(others.map(({ id }) => id));
// As many as fill several screens, and as each person may send at once.
for (let n = 1; n <= 60; n++)
  await people[n % people.length]?.say(chatId, `Message ${n} about the lake, the boat and the weather.`);
// Otherwise each run would open it at another message.
await anna.read(chatId, 61);

console.log(`Medians of ${runs} runs of ${lighthouse}.\n`);
console.log(`page         device     ${categories.map((name) => name.padStart(15)).join('')}`);
const complaints = new Set<string>();
for (const [name, path, tokens] of [
  ['signing in', '/', undefined],
  ['a chat', `/#chat=${chatId}`, anna.tokens],
] as const)
  for (const device of ['mobile', 'desktop'] as const) await rate(name, path, device, tokens);
console.log(complaints.size > 0 ? `\nBelow 100%:\n${[...complaints].join('\n')}` : '');
await server.stop();
process.exit();

async function rate(name: string, path: string, device: 'mobile' | 'desktop', tokens: string | undefined) {
  const reports: Report[] = [];
  for (let run = 0; run < runs; run++) reports.push(await report(path, device, tokens));
  const scores = categories.map((category) =>
    median(reports.map((one) => 100 * (one.categories[category]?.score ?? 0))),
  );
  console.log(`${name.padEnd(13)}${device.padEnd(11)}${scores.map((score) => score.toFixed(0).padStart(15)).join('')}`);
  for (const { audits } of reports)
    for (const { id, title, score, scoreDisplayMode, displayValue = '' } of Object.values(audits))
      if (score !== null && score < 0.9 && scoreDisplayMode !== 'informative')
        complaints.add(`  ${name}, ${device}: ${id}: ${title} ${displayValue}`);
}

interface Report {
  categories: Record<string, { score: number | null }>;
  audits: Record<
    string,
    { id: string; title: string; score: number | null; scoreDisplayMode: string; displayValue?: string }
  >;
}

/** One run, in a new browser in which the person is signed in. */
async function report(path: string, device: 'mobile' | 'desktop', tokens: string | undefined): Promise<Report> {
  const profile = mkdtempSync(join(tmpdir(), 'chat-lighthouse-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: pathOf('shell'),
    args: [...args, `--remote-debugging-port=${port}`],
  });
  try {
    const [page = await context.newPage()] = context.pages();
    // A file of the same origin: the page itself would already fill the cache.
    await page.goto(`${server.url}/_local/playground/logo.svg`);
    if (tokens) await page.evaluate(`localStorage.setItem('tokens', ${JSON.stringify(tokens)})`);
    const flags = [`--port=${port}`, '--output=json', '--quiet', `--only-categories=${categories.join()}`];
    const preset = device === 'desktop' ? ['--preset=desktop'] : [];
    // It would sign the person out.
    const command = ['--yes', lighthouse, server.url + path, '--disable-storage-reset', ...flags, ...preset];
    const { stdout } = await promisify(execFile)('npx', command, { maxBuffer: 1e8 });
    return JSON.parse(stdout);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const listening = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const address = listening.address();
  await new Promise((resolve) => listening.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
