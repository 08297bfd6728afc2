import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { isFromThisMachine } from '../../../infra/local/http/this-machine.ts';

const own = '192.0.2.5';
const from = (remoteAddress: string | undefined, host?: string, localAddress?: string) =>
  isFromThisMachine({ socket: { remoteAddress, localAddress }, headers: { host } } as IncomingMessage);

test.each([
  ['127.0.0.1', 'localhost:3000'],
  ['127.0.0.1', 'LOCALHOST'],
  ['127.8.8.8', '127.0.0.1:3000'],
  ['::1', '[::1]:3000'],
  ['::ffff:127.0.0.1', 'localhost:3000'],
  [own, `${own}:3000`],
  [`::ffff:${own}`, `${own}:3000`],
])('a program at %s that asks %s is on this machine', (address, host) => {
  expect(from(address, host, own)).toBe(true);
});

test.each([
  ['another machine', '192.0.2.6', 'localhost:3000'],
  ['another machine by our address', '192.0.2.6', `${own}:3000`],
  ['a name that was rebound', '127.0.0.1', 'pages.example:3000'],
  ['a name that begins like ours', '127.0.0.1', 'localhost.pages.example'],
  ['a name that begins like an address', '::ffff:127.0.0.1', '127.0.0.1.pages.example'],
  ['an address that only begins like ours', '127.0.0.1.example', 'localhost'],
  ['no host', '127.0.0.1', undefined],
  ['an empty host', '127.0.0.1', ''],
  ['a port alone', '127.0.0.1', ':3000'],
])('%s is not', (_what, address, host) => {
  expect(from(address, host, own)).toBe(false);
});

test('a connection that has ended is not', () => {
  expect(from(undefined)).toBe(false);
  expect(from(undefined, 'localhost')).toBe(false);
});
