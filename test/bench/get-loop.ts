import { createRequire } from 'node:module';

/**
 * `node get-loop.ts {bundle} {table}`: prints the CPU milliseconds of a get, for the first ten calls of this process and
 * for 500 when the compiler is done with it. CPU is that of all threads, so garbage collection counts.
 */
const [bundle = '', table = ''] = process.argv.slice(2);
const { get } = createRequire(import.meta.url)(bundle);

async function cpuOf(calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let n = 0; n < calls; n++) await get(table);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
}

const first = await cpuOf(10);
await cpuOf(1500);
console.log(JSON.stringify({ first, warm: await cpuOf(500) }));
process.exit();
