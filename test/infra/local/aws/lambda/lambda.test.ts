import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { calm } from '../../../../../infra/local/aws/chaos.ts';
import { LocalLambda } from '../../../../../infra/local/aws/lambda/lambda.ts';
import { strike } from '../../../../support/chaos.ts';

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

describe('between two events a function is frozen', () => {
  /** Leaves work behind: it is done 5 ms after the answer, if the function runs then. Asked again, it waits for it. */
  const leavesWork = `
    let done = 0;
    let left;
    exports.handler = async ({ wait }) => {
      if (wait) { await left; return done; }
      left = new Promise((resolve) => setTimeout(resolve, 5)).then(() => { done = Date.now(); });
      console.log('answered');
    };`;

  test('work that it left behind goes on with the next event, and its log lines do not wait for that', async () => {
    const { lambda, logged } = functionOf(leavesWork);
    await lambda.invoke({}, timeoutMs);
    expect(logged).toEqual(['answered\n']);
    await sleep(100);
    const thawed = Date.now();
    expect(await lambda.invoke({ wait: true }, timeoutMs)).toBeGreaterThanOrEqual(thawed);
  });

  test('also after a failure, and with log lines written together', async () => {
    const { lambda, logged } = functionOf(`
      let ticks = 0;
      exports.handler = async ({ count }) => {
        if (count) return ticks;
        setInterval(() => { ticks++; }, 1);
        for (const line of ['a', 'b', 'c']) process.stdout.write(line);
        console.error('d');
        throw new Error('oh no');
      };`);
    await expect(lambda.invoke({}, timeoutMs)).rejects.toThrow('oh no');
    expect(logged).toEqual(['a', 'b', 'c', 'd\n']);
    await sleep(50);
    expect(await lambda.invoke({ count: true }, timeoutMs)).toBeLessThan(5);
  });

  test('it can be stopped', async () => {
    const { lambda } = functionOf(leavesWork);
    await lambda.invoke({}, timeoutMs);
    await lambda.close();
    await expect(lambda.invoke({}, timeoutMs)).rejects.toThrow('has been stopped');
  });

  test('it finds that a server has closed the connection meanwhile', async () => {
    const server = createServer((_, response) => response.end('hello'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const { lambda } = functionOf(`
      const { Agent, request } = require('node:http');
      const agent = new Agent({ keepAlive: true });
      const ask = () => new Promise((resolve) => {
        const asked = request({ port: ${port}, agent }, (answer) => answer.resume().on('end', () => resolve('answered')));
        asked.on('error', ({ code }) => resolve({ code, reused: asked.reusedSocket })).end();
      });
      exports.handler = ask;`);
    expect(await lambda.invoke({}, timeoutMs)).toBe('answered');
    server.closeAllConnections();
    await sleep(50);
    // Whether it sees that first or writes first depends on the moment, as on AWS. Both must be handled.
    const second = await lambda.invoke({}, timeoutMs);
    if (second !== 'answered')
      expect(second).toEqual({ code: expect.stringMatching(/ECONNRESET|EPIPE/), reused: true });
    expect(await lambda.invoke({}, timeoutMs)).toBe('answered');
    server.close();
  });
});

test('an answer of more than Lambda’s 6 MB is an error, one of 6 MB is not', async () => {
  const { lambda } = functionOf('exports.handler = async ({ length }) => "x".repeat(length);');
  // Its two quotation marks count too.
  expect(await lambda.invoke({ length: 6_291_554 }, timeoutMs)).toHaveLength(6_291_554);
  const tooLong = lambda.invoke({ length: 6_291_555 }, timeoutMs);
  await expect(tooLong).rejects.toThrow('Response payload size exceeded maximum allowed payload size (6291556 bytes).');
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
