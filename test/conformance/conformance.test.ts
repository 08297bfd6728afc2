import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Runner } from '../../infra/local/runner.ts';
import { Cast } from './client/cast.ts';
import { type Phones, phoneOf, phonesOfLaptop } from './client/phones.ts';
import { connectTo } from './client/transport.ts';
import type { Surroundings } from './client/world.ts';
import { findSurvivors } from './faults/find-survivors.ts';
import { type ReferenceServer, startReference } from './reference/server.ts';
import { product } from './requirements/product/index.ts';
import { specification } from './requirements/specification/index.ts';
import { checkAll } from './run/run.ts';

/** The suite passes against the servers that it is for, and each of its checks can fail. */

let reference: ReferenceServer;
let runner: Runner;
beforeAll(async () => {
  const starting = Runner.start({ port: 0, dynamodb: inject('dynamodb'), log: () => {} });
  [reference, runner] = await Promise.all([startReference(), starting]);
});
afterAll(async () => {
  await Promise.all([reference.close(), runner.close()]);
});

function surroundingsOf(url: string, phones: Phones, waitMs: number) {
  const transport = connectTo({ url, wsUrl: url.replace('http', 'ws') }, waitMs);
  const surroundings: Surroundings = { cast: new Cast(transport), phones, googleToken: 'any', waitMs };
  return { surroundings, transport };
}

const ofReference = (waitMs: number) => surroundingsOf(reference.url, phoneOf('+79991234567', 'echo 123456'), waitMs);
const ofRunner = (waitMs: number) => surroundingsOf(runner.url, phonesOfLaptop, waitMs);

test('every requirement has an id of its own', () => {
  const ids = [...specification, ...product].map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('the reference server meets every requirement of the specification', async () => {
  const { surroundings, transport } = ofReference(10_000);
  const checked = await checkAll(specification, surroundings, transport, 8);
  expect(checked.filter(({ outcome }) => outcome.result !== 'ok')).toEqual([]);
});

test('each fault in front of the reference server is noticed', async () => {
  const { surroundings, transport } = ofReference(400);
  expect(await findSurvivors(specification, surroundings, transport, 8)).toEqual([]);
});

test('our server meets every requirement, and keeps no account of the run', async () => {
  const { surroundings, transport } = ofRunner(30_000);
  const checked = await checkAll([...specification, ...product], surroundings, transport, 4);
  expect(checked.filter(({ outcome }) => outcome.result !== 'ok')).toEqual([]);
});

test('each fault in front of our server is noticed', async () => {
  const { surroundings, transport } = ofRunner(2000);
  expect(await findSurvivors(product, surroundings, transport, 4)).toEqual([]);
});
