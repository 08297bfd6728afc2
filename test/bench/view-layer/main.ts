import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { pagePolicy } from '../../../infra/local/pages/content-security-policy.ts';
import { launch } from '../../browser/chromium.ts';

/**
 * The message list in three view layers, side by side in one browser session and under the page's own policy:
 * node --import ./infra/node24.mjs test/bench/view-layer/main.ts
 */

const runs = 46;
const prototypes = { own: 'own.ts', lit: 'lit.ts', preact: 'preact.tsx' };
const names = Object.keys(prototypes);

async function bundle(file: string, minify: boolean): Promise<string> {
  const built = await build({
    entryPoints: [join(import.meta.dirname, file)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    minify,
    jsx: 'automatic',
  });
  return built.outputFiles[0]?.text ?? '';
}

const scripts: Record<string, string> = { page: await bundle('page.ts', true) };
for (const [name, file] of Object.entries(prototypes)) {
  const script = await bundle(file, true);
  scripts[name] = script;
  console.log(`${name.padEnd(8)} ${script.length} bytes minified, ${gzipSync(script).length} with gzip`);
}

const style = readFileSync(join(import.meta.dirname, '../../../infra/local/playground/style.css'), 'utf8');
const server = createServer(({ url = '' }, response) => {
  const script = scripts[url.slice(1).replace('.js', '')];
  const [type, body] = script
    ? ['text/javascript', script]
    : url === '/style.css'
      ? ['text/css', style]
      : [
          'text/html',
          `<!doctype html><link rel="stylesheet" href="/style.css"><body>${Object.keys(scripts)
            .map((name) => `<script src="/${name}.js"></script>`)
            .join('')}`,
        ];
  response.setHeader('content-type', `${type}; charset=utf-8`);
  response.setHeader('content-security-policy', pagePolicy("'self'"));
  response.end(body);
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address() as AddressInfo;

const browser = await launch();
const page = await browser.newPage();
page.on('console', (message) => console.log(message.text()));
page.on('pageerror', (error) => console.log(error.message));
await page.goto(`http://127.0.0.1:${port}/`);

type Figures = Record<string, [number, number]>;
const measured: Record<string, Figures[]> = {};
const markups: Record<string, string> = {};
for (let run = 0; run < runs; run++)
  for (const name of [...names.slice(run % 3), ...names.slice(0, run % 3)]) {
    const figures = await page.evaluate<Figures>(`measure('${name}')`);
    markups[name] = await page.evaluate<string>('markup()');
    // The first five warm up.
    if (run >= 5) {
      measured[name] ??= [];
      measured[name].push(figures);
    }
  }
for (const name of names) if (markups[name] !== markups.own) console.log(`${name} makes other elements than own`);

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
for (const step of Object.keys(measured.own?.[0] ?? {}))
  for (const [n, what] of ['script', 'with layout'].entries()) {
    const values = names.map((name) => median((measured[name] ?? []).map((run) => run[step]?.[n] ?? 0)).toFixed(2));
    console.log(`${step.padEnd(34)} ${what.padEnd(12)} ${names.map((name, i) => `${name} ${values[i]}`).join('  ')}`);
  }
await browser.close();
server.close();
