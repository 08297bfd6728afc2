import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { fuzz } from '../support/fuzz/fuzz.ts';
import { startProcess } from '../support/processes.ts';
import { cdkJsonOf, folderWith } from '../support/stage-folder.ts';

/** `npm run bench:fuzz` sends a hundred thousand. */
const count = 1500;

test('no input over raw sockets ends the runner, keeps a connection open or controls the terminal', async () => {
  const main = join(import.meta.dirname, '../../infra/local/main.ts');
  const env = { PORT: '0', DYNAMODB_ENDPOINT: inject('dynamodb') };
  const { child, exited, output, says } = startProcess([process.execPath, main, '--memory'], {
    env,
    cwd: folderWith(cdkJsonOf()),
  });
  const [, host = '', openPath = ''] = await says(/npx wscat -c "ws:\/\/([^/]+)(\/[^"]+)"/);
  const url = `http://${host.replace('localhost', '127.0.0.1')}`;
  expect(await fuzz({ url, openPath }, { seed: 1, count })).toEqual([]);
  expect(child.exitCode).toBeNull();
  expect((await fetch(`${url}/health`)).status).toBe(200);
  child.kill('SIGINT');
  expect(await exited).toBe(0);
  // Nothing but line ends: colors are left out when the output is not a terminal.
  expect(output().match(/(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]/gu)).toBeNull();
  expect(output()).not.toMatch(/^forged line/m);
  expect(output()).not.toMatch(/^ +at .*infra\/local/m);
}, 300_000);
