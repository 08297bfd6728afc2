import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Runner } from '../../infra/local/runner.ts';
import { ownTables } from '../support/own-tables.ts';
import { Cast } from './client/cast.ts';
import { type Phones, phoneOf, phonesOfLaptop } from './client/phones.ts';
import { afterMs } from './client/socket.ts';
import { connectTo } from './client/transport.ts';
import { becomes } from './faults/changes.ts';
import { findSurvivors, type Target } from './faults/find-survivors.ts';
import { answers, swallowed } from './faults/kinds.ts';
import { type ReferenceServer, startReference } from './reference/server.ts';
import { product } from './requirements/product/index.ts';
import type { Requirement } from './requirements/requirement.ts';
import { specification } from './requirements/specification/index.ts';

/** The suite passes against the servers that it is for, and each of its checks can fail. */

/** Far more than anything takes, also on a busy machine. */
const limitMs = 60_000;

vi.setConfig({ testTimeout: 300_000 });

let reference: ReferenceServer;
let runner: Runner;
beforeAll(async () => {
  const starting = Runner.start({ port: 0, dynamodb: ownTables(), log: () => {} });
  [reference, runner] = await Promise.all([startReference(), starting]);
});
afterAll(async () => {
  await Promise.all([reference.close(), runner.close()]);
});

function target(url: string, phones: Phones, concurrency: number): Target {
  const transport = connectTo({ url, wsUrl: url.replace('http', 'ws') }, limitMs);
  const cast = new Cast(transport);
  const surroundings = { cast, phones, googleToken: 'any', frameTimeout: afterMs(limitMs), limitMs };
  return { surroundings, transport, concurrency };
}

test('every requirement has an id of its own, and a fault', () => {
  const all = [...specification, ...product];
  const ids = all.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  // As long as the types are checked, none compiles.
  expect(all.filter(({ faults }) => faults.length < 1)).toEqual([]);
});

test('a fault that a check does not notice is found', async () => {
  const open = specification.find(({ id }) => id === 'sockets.open') as Requirement;
  const [colour] = answers('POST /groups', becomes('group.colour', 'blue'));
  const harmless = { ...open, faults: [colour, swallowed()] as const };
  const survivors = await findSurvivors([harmless], target(reference.url, phonesOfLaptop, 1));
  expect(survivors).toEqual([
    expect.stringMatching(/^sockets\.open: POST \/groups: .* the check is ok$/),
    expect.stringMatching(/^sockets\.open: a frame does not arrive: it has no effect/),
  ]);
});

test('the reference server meets the specification, and each fault is noticed', async () => {
  const phones = phoneOf('+79991234567', 'echo 123456');
  expect(await findSurvivors(specification, target(reference.url, phones, 8))).toEqual([]);
});

test('our server meets what docs/api.md adds, and each fault is noticed', async () => {
  expect(await findSurvivors(product, target(runner.url, phonesOfLaptop, 1))).toEqual([]);
});
