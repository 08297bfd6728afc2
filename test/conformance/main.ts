import { Cast } from './client/cast.ts';
import { phoneOf, phonesOfLaptop } from './client/phones.ts';
import { afterMs } from './client/socket.ts';
import { connectTo, type Transport } from './client/transport.ts';
import { Unmet } from './client/unmet.ts';
import { product } from './requirements/product/index.ts';
import { specification } from './requirements/specification/index.ts';
import { deleteAccounts } from './run/delete-accounts.ts';
import { type Options, readOptions, usage, WrongArguments } from './run/options.ts';
import { asJson, describe, describeLeft, totals } from './run/report.ts';
import { checkAll } from './run/run.ts';

/** `npm run conformance -- URL`: see README.md. */

/** Few enough for a small server, and for the limits of a careful one. */
const concurrency = 4;

/** A check sends up to thirty requests, most of which take much less than they may. */
const limitInWaits = 3;

/** Rejects if nothing answers; any answer will do. */
const reach = (transport: Transport) => transport.send({ method: 'GET', path: '/chats' });

async function run(options: Options): Promise<number> {
  const { url, phone, codeCommand, googleToken, waitMs } = options;
  const transport = connectTo(options, waitMs);
  await reach(transport);
  const all = options.specificationOnly ? specification : [...specification, ...product];
  const chosen = all.filter(({ id }) => id.includes(options.only));
  if (chosen.length === 0) throw new WrongArguments(`No requirement has "${options.only}" in its id.`);
  const phones = phone && codeCommand ? phoneOf(phone, codeCommand) : phonesOfLaptop;
  const cast = new Cast(transport);
  const surroundings = { cast, phones, googleToken, frameTimeout: afterMs(waitMs), limitMs: limitInWaits * waitMs };
  const checked = await checkAll(chosen, surroundings, transport, concurrency);
  const left = await deleteAccounts(cast, transport);
  const { ok, failed, skipped } = totals(checked);
  if (options.json) console.log(asJson(url, checked, left));
  else {
    for (const line of checked.flatMap(describe)) console.log(line);
    console.log(`\n${url}: ${ok} ok, ${failed} failed, ${skipped} skipped`);
    for (const line of describeLeft(left)) console.log(line);
  }
  return failed > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options) return await run(options);
    console.log(usage);
    return 0;
  } catch (error) {
    if (error instanceof WrongArguments) console.error(`${error.message}\n\n${usage}`);
    else if (error instanceof Unmet) console.error(`No server answers at this URL: ${error.came}`);
    else throw error;
    return 2;
  }
}

process.exitCode = await main();
