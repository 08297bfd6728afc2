import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cast } from './client/cast.ts';
import { phoneOf } from './client/phones.ts';
import { connectTo } from './client/transport.ts';
import type { Surroundings } from './client/world.ts';
import { findSurvivors } from './faults/find-survivors.ts';
import { type ReferenceServer, startReference } from './reference/server.ts';
import { specification } from './requirements/specification/index.ts';
import { checkAll } from './run/run.ts';

/** The suite passes against the servers that it is for, and each of its checks can fail. */

/** Not enough to wait for what a fault has swallowed, and enough for a server on the same machine. */
const briefMs = 400;

let reference: ReferenceServer;
beforeAll(async () => {
  reference = await startReference();
});
afterAll(() => reference.close());

function surroundingsOf(url: string, waitMs: number) {
  const transport = connectTo({ url, wsUrl: url.replace('http', 'ws') }, waitMs);
  const phones = phoneOf('+79991234567', 'echo 123456');
  const surroundings: Surroundings = { cast: new Cast(transport), phones, googleToken: 'any', waitMs };
  return { surroundings, transport };
}

test('the reference server meets every requirement of the specification', async () => {
  const { surroundings, transport } = surroundingsOf(reference.url, 10_000);
  const checked = await checkAll(specification, surroundings, transport, 8);
  expect(checked.filter(({ outcome }) => outcome.result !== 'ok')).toEqual([]);
});

test('each fault in front of the reference server is noticed', async () => {
  const { surroundings, transport } = surroundingsOf(reference.url, briefMs);
  expect(await findSurvivors(specification, surroundings, transport, 8)).toEqual([]);
});
