import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Network, startNetwork } from '../support/network.ts';

/** The shell draws no windows, so that a test file takes a third less CPU, and shows no notifications. */
type Kind = 'shell' | 'whole';

const shell = '/usr/bin/chromium-headless-shell';
const whole = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const mayUseShell = process.env.CHROMIUM_PATH === undefined && existsSync(shell);
export const pathOf = (kind: Kind) => (kind === 'shell' && mayUseShell ? shell : whole);

/** Whether there is a browser to test with. Prints a warning if not. */
export function findChromium(kind: Kind = 'shell'): boolean {
  const found = existsSync(pathOf(kind));
  if (!found)
    console.warn(
      `\n\x1b[1;31mNO BROWSER TEST: there is no Chromium at ${pathOf(kind)}. Install one (apt-get install chromium) or set CHROMIUM_PATH.\x1b[0m\n`,
    );
  return found;
}

/** A name of this machine that is no secure context over plain HTTP: like its address in the local network, but not localhost. */
export const lanName = 'chat.test';

/** For any Chromium that tests pages. */
export const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A beep in place of a microphone, and no question whether the page may use it.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--host-resolver-rules=MAP ${lanName} 127.0.0.1`,
];

export const launch = (kind: Kind = 'shell'): Promise<Browser> =>
  chromium.launch({ executablePath: pathOf(kind), args });

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

/** Console errors that the browser logs for a cut network and for refusals that the page handles. */
const expected = /net::ERR_|ERR_EMPTY_RESPONSE|WebSocket connection to|status of (400|403|409|412|429|502)/;

/** A browser page with its own network. */
export interface Visitor {
  page: Page;
  network: Network;
  /** Unexpected errors of the page. */
  errors: string[];
}

/** `hostname` is the name under which the visitor knows the server; `stored` is what the page finds in localStorage. */
export async function newVisitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  stored: { name: string; value: string }[],
  hostname = '127.0.0.1',
): Promise<Visitor> {
  const network = await startNetwork(url);
  const origin = network.url.replace('127.0.0.1', hostname);
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'en-US',
    // What it answers would pass by the routes of a test.
    serviceWorkers: 'block',
    storageState: { cookies: [], origins: [{ origin, localStorage: stored }] },
    ...options,
  });
  // A page may wait 30 s before it reconnects.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() !== 'error' || expected.test(message.text())) return;
    errors.push(`${message.text()} ${message.location().url}`);
  });
  // Runs in real time until a test fast-forwards it.
  await page.clock.install();
  await page.goto('/');
  return { page, network, errors };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page, with its impact. */
async function findViolations(page: Page): Promise<{ impact: string; text: string }[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe);
  // What appears is half transparent until then.
  await page.evaluate(`
    const ending = document.getAnimations().filter(({ effect, playState }) => playState === 'running' && effect.getComputedTiming().endTime < Infinity);
    Promise.allSettled(ending.map(({ finished }) => finished)).then(() => {});
  `);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run({
      rules: {
        // WCAG 2.2 has a size for what one touches; axe leaves it out unless it is asked.
        'target-size': { enabled: true },
        // The title of a chat is below that of the page also on a phone, which shows one of them at a time.
        'page-has-heading-one': { enabled: false },
      },
    });
    return violations.map(({ id, impact, nodes }) => ({
      impact: String(impact),
      text: `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
    }));
  });
}

/** Everything that axe finds. */
export const axeFindings = async (page: Page): Promise<string[]> =>
  (await findViolations(page)).map(({ text }) => text.slice(0, 500));

/** Fails if axe finds a serious or critical problem on the page. */
export async function expectAccessible(page: Page): Promise<void> {
  const found = await findViolations(page);
  const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ text }) => text)).toEqual([]);
}
