import { networkInterfaces } from 'node:os';
import { expect, test, vi } from 'vitest';
import { networkUrl } from '../../../infra/local/http/network-addresses.ts';

vi.mock('node:os', async (original) => ({ ...(await original<object>()), networkInterfaces: vi.fn() }));

const internal = { family: 'IPv4', address: '127.0.0.1', internal: true };
const wifi = { family: 'IPv4', address: '192.0.2.7', internal: false };
const inNetworks = (...own: object[]) =>
  vi.mocked(networkInterfaces).mockReturnValue({ own } as ReturnType<typeof networkInterfaces>);

const url = 'http://127.0.0.1:3000';

test('a phone reaches a server that listens on all addresses at the first one in a network', () => {
  inNetworks(internal, { ...wifi, family: 'IPv6', address: 'fe80::1' }, wifi, { ...wifi, address: '198.51.100.7' });
  expect([networkUrl(url, '0.0.0.0'), networkUrl(url, '::')]).toEqual(Array(2).fill('http://192.0.2.7:3000'));
});

test('without a network, or for a server with one address, the URL stays', () => {
  inNetworks(internal);
  expect(networkUrl(url, '0.0.0.0')).toBe(url);
  inNetworks(wifi);
  expect(networkUrl('http://192.0.2.9:3000', '192.0.2.9')).toBe('http://192.0.2.9:3000');
});
