import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { Runner } from '../../infra/local/runner.ts';

/**
 * Does the time of a refused login tell whether the account exists? Logs in with a wrong password to accounts that are
 * there and to accounts that aren't, by turns, and compares. The aim is a difference of 5% at most.
 */

const pairs = 300;
const warmUp = 20;
const dim = (text: string) => console.log(`\x1b[2m${text}\x1b[0m`);
const runner = await Runner.start({ port: 0, say: dim, log: () => {} });

/** Each request comes from another address, or the limits would end this. */
async function post(path: string, body: object): Promise<number> {
  const localAddress = `127.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
  const startedAt = performance.now();
  const outgoing = request(runner.url + path, { method: 'POST', localAddress }).end(JSON.stringify(body));
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  await once(answer.resume(), 'end');
  if (answer.statusCode !== (path === '/auth/login' ? 401 : 200))
    throw new Error(`${path} answered ${answer.statusCode}`);
  return performance.now() - startedAt;
}

const refused = (email: string) => post('/auth/login', { email, password: 'not the password' });
const quantile = (times: number[], q: number) =>
  [...times].sort((a, b) => a - b)[Math.floor(q * (times.length - 1))] as number;

try {
  // Each is tried nine times at most, known and unknown alike: its tenth wrong password would be its last.
  const emails = () => Array.from({ length: Math.ceil((pairs + warmUp) / 9) }, () => `${randomUUID()}@example.com`);
  const [accounts, strangers] = [emails(), emails()];
  dim(`Registering ${accounts.length} accounts`);
  for (const email of accounts) await post('/auth/register', { email, password: 'correct horse' });
  dim(`Refusing ${pairs} logins of each kind`);
  const known: number[] = [];
  const unknown: number[] = [];
  for (let n = 0; n < pairs + warmUp; n++) {
    const there = () => refused(accounts[n % accounts.length] as string);
    const absent = () => refused(strangers[n % strangers.length] as string);
    // Now one first, now the other, so that neither has the warmer caches.
    const [a, b] = n % 2 === 0 ? [await there(), await absent()] : [await absent(), await there()].reverse();
    if (n >= warmUp) known.push(a as number);
    if (n >= warmUp) unknown.push(b as number);
  }
  for (const q of [0.1, 0.5, 0.9]) {
    const [there, absent] = [quantile(known, q), quantile(unknown, q)];
    console.log(
      `p${q * 100}: known ${there.toFixed(1)} ms, unknown ${absent.toFixed(1)} ms, difference ${((Math.abs(there - absent) / absent) * 100).toFixed(1)}%`,
    );
  }
} finally {
  await runner.close();
}
