import { styleText } from 'node:util';
import { fuzz, inputOf } from '../support/fuzz/fuzz.ts';
import { startProcess } from '../support/processes.ts';

/**
 * Can anything that a client sends end the runner, keep a connection open, or control the developer's terminal? Sends
 * inputs over raw sockets to `npm start`: node test/bench/fuzz.ts [count] [seed]
 */

const [count = 100_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const main = new URL('../../infra/local/main.ts', import.meta.url).pathname;
const { child, exited, output, says } = startProcess([process.execPath, main, '--memory'], { env: { PORT: '0' } });
const [, host = '', openPath = ''] = await says(/npx wscat -c "ws:\/\/([^/]+)(\/[^"]+)"/);
const url = `http://${host.replace('localhost', '127.0.0.1')}`;

const startedAt = performance.now();
const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(0);
let done = 0;
const onInput = () => {
  if (++done % 10_000 === 0) console.log(styleText('dim', `${done} inputs in ${seconds()} s`));
};
const hanging = await fuzz({ url, openPath }, { seed, count, onInput });
const { status } = await fetch(`${url}/health`);
child.kill('SIGINT');
const exitCode = await exited;
const controls = output().match(/(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]|^forged line/gmu) ?? [];
const errors = output().match(/^.*\n +at .*$/gm) ?? [];

for (const n of hanging) console.log(`Input ${n} hangs:`, inputOf(seed, n, openPath));
for (const error of new Set(errors)) console.log(error);
console.log(
  `Seed ${seed}: ${count} inputs in ${seconds()} s. Health ${status}, exit code ${exitCode}, ${hanging.length} hanging, ` +
    `${errors.length} errors in the runner, ${controls.length} control characters in its output.`,
);
process.exit(status === 200 && exitCode === 0 && hanging.length + controls.length + errors.length === 0 ? 0 : 1);
