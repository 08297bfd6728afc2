import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { calm } from '../../../infra/local/aws/chaos.ts';
import { LocalLambda } from '../../../infra/local/aws/lambda/lambda.ts';
import { strike } from '../../support/chaos.ts';

const folder = mkdtempSync(join(tmpdir(), 'chat-lambda-'));
const lambdas: LocalLambda[] = [];
let functions = 0;
afterEach(async () => {
  await Promise.all(lambdas.splice(0).map((lambda) => lambda.close()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A function with this source, and what it has logged. */
function functionOf(
  source: string,
  { timeoutSeconds = 10, concurrency = undefined as number | undefined, chaos = calm } = {},
): { lambda: LocalLambda; logged: string[] } {
  const file = join(folder, `function${++functions}.cjs`);
  writeFileSync(file, source);
  const logged: string[] = [];
  const name = { id: 'F', name: 'test/function', functionName: 'F' };
  const config = {
    ...name,
    retries: 0,
    file,
    environment: {},
    timeoutSeconds,
    memoryMb: 128,
    statements: [],
    concurrency,
  };
  const lambda = new LocalLambda(config, { GREETING: 'hello' }, (text) => logged.push(text), chaos);
  lambdas.push(lambda);
  return { lambda, logged };
}

const timeoutMs = 10_000;

test('gives the handler the event, its declared environment and a session token, and nothing from this process', async () => {
  const { lambda } = functionOf(
    'exports.handler = async (event) => ({ event, env: Object.keys(process.env).sort() });',
  );
  const env = ['AWS_SESSION_TOKEN', 'GREETING'];
  expect(await lambda.invoke({ n: 1 }, timeoutMs)).toEqual({ event: { n: 1 }, env });
});

test('reuses workers, each for one event at a time', async () => {
  const { lambda } = functionOf(`
    let events = 0, now = 0;
    exports.handler = async () => {
      if (++now > 1) throw new Error('two at once');
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return ++events;
    };`);
  expect([await lambda.invoke({}, timeoutMs), await lambda.invoke({}, timeoutMs)]).toEqual([1, 2]);
  const counts = await Promise.all(Array.from({ length: 30 }, () => lambda.invoke({}, timeoutMs)));
  expect(counts).toHaveLength(30);
  // There are more events than workers, so some worker has handled several.
  expect(Math.max(...(counts as number[]))).toBeGreaterThan(2);
});

test.each([
  ['throws', 'exports.handler = async () => { throw new TypeError("oh no"); };', 'TypeError: oh no'],
  ['ends its process', 'exports.handler = async () => process.exit(3);', 'it exited'],
  ['cannot be loaded', 'throw new Error("no setting");', 'no setting'],
])('reports a handler that %s, and stays usable', async (_what, source, message) => {
  const { lambda } = functionOf(source);
  await expect(lambda.invoke({}, timeoutMs)).rejects.toThrow(message);
  await expect(lambda.invoke({}, timeoutMs)).rejects.toThrow(message);
});

test('ends a handler at the function’s own timeout', async () => {
  const { lambda } = functionOf('exports.handler = () => new Promise(() => setInterval(() => {}, 1000));', {
    timeoutSeconds: 0.3,
  });
  await expect(lambda.invoke({}, timeoutMs)).rejects.toThrow('it timed out after 0.3 s');
});

test('waits no longer than API Gateway does; the function continues', async () => {
  const { lambda, logged } = functionOf(
    'exports.handler = async () => { await new Promise((r) => setTimeout(r, 500)); process.stdout.write("done"); };',
  );
  await expect(lambda.invoke({}, 100)).rejects.toMatchObject({ name: 'GatewayTimeout' });
  await lambda.close();
  expect(logged).toEqual(['done']);
});

test('refuses events beyond the reserved concurrency, and accepts others when it is free', async () => {
  const { lambda } = functionOf('exports.handler = () => new Promise((done) => setTimeout(done, 50));', {
    concurrency: 2,
  });
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => lambda.invoke({}, timeoutMs)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'rejected']);
  expect(outcomes[2]).toMatchObject({ reason: { name: 'NoConcurrency' } });
  await lambda.invoke({}, timeoutMs);
});

test('chaos refuses an event, and replaces an environment with one that takes a second', async () => {
  const chaos = strike('noConcurrency', 'coldStart');
  const { lambda } = functionOf('let events = 0; exports.handler = async () => ++events;', { chaos });
  await expect(lambda.invoke({}, timeoutMs)).rejects.toMatchObject({ name: 'NoConcurrency' });
  const before = performance.now();
  expect(await lambda.invoke({}, timeoutMs)).toBe(1);
  expect(performance.now() - before).toBeGreaterThan(990);
  expect(await lambda.invoke({}, timeoutMs)).toBe(2);
});
