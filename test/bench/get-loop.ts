import { createRequire } from 'node:module';

/**
 * `fork('get-loop.ts', [bundle, table])`: is sent a number of gets to make, and answers with the CPU milliseconds of one.
 * They are those of all threads, so that garbage collection and the compiler count.
 */
const [bundle = '', table = ''] = process.argv.slice(2);
const { get } = createRequire(import.meta.url)(bundle);

process.on('message', async (calls: number) => {
  const before = process.cpuUsage();
  for (let n = 0; n < calls; n++) await get(table);
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / 1000 / calls);
});
