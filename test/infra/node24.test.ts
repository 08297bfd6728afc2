import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Whoever has another Node than Lambda is told so before anything behaves in another way. */

const check = join(import.meta.dirname, '../../infra/node24.mjs');
const start = (node: string) => {
  const versions = `Object.defineProperty(process, 'versions', { value: { node: '${node}' } });`;
  const imports = ['--import', `data:text/javascript,${versions}`, '--import', check];
  return spawnSync(process.execPath, [...imports, '-e', 'console.log("runs")'], { encoding: 'utf8' });
};

test.each(['18.19.0', '22.18.0', '24.0.0', '24.8.1'])('Node %s is refused, with what to do', (node) => {
  const { status, stdout, stderr } = start(node);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^Node 24\.9 or newer is required[\s\S]*npm ci[\s\S]*nodejs\.org/);
});

test.each(['24.9.0', '24.21.0', '25.0.0'])('Node %s runs', (node) => {
  expect(start(node)).toMatchObject({ status: 0, stdout: 'runs\n', stderr: '' });
});
