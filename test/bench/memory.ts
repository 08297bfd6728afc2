import { spawn } from 'node:child_process';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { json } from 'node:stream/consumers';
import { login } from '#shared/contract/auth/login.ts';
import { bundleFunctions } from '../../infra/bundle/index.ts';
import { functionNames } from '../../infra/chat-stack.ts';
import { restEvent, socketEvent } from '../support/invoke.ts';
import type { Person } from '../support/people.ts';
import { surround } from './surroundings.ts';
import { median } from './table.ts';

/**
 * `npm run bench:memory`: what a function's memory does to its time and its cost. Lambda gives a function the share of a
 * core that its memory is of 1,769 MB; here the kernel does, with a control group (Linux, as root, version 1).
 */

const sizes = [256, 512, 1024, 1769];
const wholeCore = 1769;
/** US dollars: a GB-second on arm64, and a request. */
const price = { gigabyteSecond: 0.0000133334, request: 0.0000002 };
/** Of the kernel's accounting, as Lambda's: microseconds. */
const period = 20_000;
const group = '/sys/fs/cgroup/cpu/chat-bench';

const { end } = await surround();
const { connect, newGroup, newPerson, password } = await import('../support/people.ts');
const { fillRoom } = await import('../support/rooms.ts');

// Each sends once: a participant may send ten in two seconds.
const people = await Promise.all(Array.from({ length: 40 }, () => newPerson()));
const [anna, ...others] = people as [Person, ...Person[]];
const { id: chatId } = await newGroup(anna, ...others);
const sockets = await Promise.all(people.map((person) => connect(person, chatId)));
// One less than a page, so that no other follows.
await fillRoom('large', 999);
let seq = 0;
const message = () => ({ id: 'm', chatId: 'large', userId: 'u', content: 'Hello', type: 'text', seq: seq++ });

const actions: Record<string, { name: string; events: () => unknown[] }> = {
  'send to 40': {
    name: 'websocket/message',
    events: () =>
      sockets.map((socket) => socketEvent('message', socket, { frame: { type: 'message', content: 'Hello there' } })),
  },
  'log in': {
    name: 'auth/login',
    events: () => Array.from({ length: 12 }, () => restEvent(login, { body: { email: anna.email, password } })),
  },
  'deliver to a page of 1,000': {
    name: 'deliver',
    events: () => Array.from({ length: 8 }, () => ({ message: message(), shard: 0, shards: 1, after: ' ' })),
  },
};

const folderOf = await bundleFunctions(functionNames);
console.log('                                MB       ms     $ per million');
mkdirSync(group);
try {
  for (const [title, { name, events }] of Object.entries(actions))
    for (const size of sizes) await measure(title, size, `${folderOf(name)}/index.cjs`, events());
} finally {
  rmdirSync(group);
  await end();
}
process.exit();

async function measure(title: string, size: number, file: string, events: unknown[]): Promise<void> {
  const times = await run(file, events, size / wholeCore);
  // The first are slower: nothing is compiled yet.
  const ms = median(times.slice(2));
  const cost = (Math.ceil(ms) / 1000) * (size / 1024) * price.gigabyteSecond + price.request;
  const columns = [
    size.toLocaleString('en').padStart(8),
    ms.toFixed(0).padStart(9),
    (cost * 1e6).toFixed(2).padStart(18),
  ];
  console.log(title.padEnd(26) + columns.join(''));
}

/** How long each event took, one after the other, in a process that has so much of a core. */
async function run(file: string, events: unknown[], share: number): Promise<number[]> {
  writeFileSync(`${group}/cpu.cfs_period_us`, String(period));
  writeFileSync(`${group}/cpu.cfs_quota_us`, String(Math.round(period * share)));
  const script = `
    const { handler } = require(process.argv[1]);
    (async () => {
      const times = [];
      for (const event of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
        const startedAt = performance.now();
        const answer = await handler(event, { getRemainingTimeInMillis: () => 28_000 });
        if (answer?.statusCode >= 300) throw new Error(JSON.stringify(answer));
        times.push(performance.now() - startedAt);
      }
      require('fs').writeSync(3, JSON.stringify(times));
      process.exit();
    })();`;
  const child = spawn('sh', ['-c', `echo $$ > ${group}/cgroup.procs && exec node -e "$SCRIPT" ${file}`], {
    env: { ...process.env, SCRIPT: script },
    stdio: ['pipe', 'ignore', 'inherit', 'pipe'],
  });
  child.stdin?.end(JSON.stringify(events));
  return (await json(child.stdio[3] as NodeJS.ReadableStream)) as number[];
}
