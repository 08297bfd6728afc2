import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { expect, test, vi } from 'vitest';
import { describeAddresses, describeServices } from '../../../../infra/local/console/banner.ts';

vi.mock('node:os', async (original) => ({ ...(await original<object>()), networkInterfaces: vi.fn() }));

const address = (family: 'IPv4' | 'IPv6', address: string, internal = false): NetworkInterfaceInfo =>
  family === 'IPv4'
    ? { family, address, internal, netmask: '', mac: '', cidr: null }
    : { family, address, internal, netmask: '', mac: '', cidr: null, scopeid: 1 };
const inNetworks = (...own: NetworkInterfaceInfo[]) => vi.mocked(networkInterfaces).mockReturnValue({ own });

const networkOrigin = 'http://192.0.2.7:3000';
const runner = { url: 'http://127.0.0.1:3000', wsUrl: 'ws://127.0.0.1:3000', networkOrigin };
const banner = (host: string) => describeAddresses(runner, host, { refusal: 'no', wrongPassword: false });

test.each(['0.0.0.0', '::'])('a server on %s shows the addresses that a phone can use', (host) => {
  inNetworks(
    address('IPv4', '127.0.0.1', true),
    address('IPv4', '192.0.2.7'),
    address('IPv6', 'fe80::1'),
    address('IPv4', '198.51.100.7'),
  );
  expect(banner(host)).toContain(
    'From a phone on the same network, use http://192.0.2.7:3000 or http://198.51.100.7:3000 instead',
  );
  expect(banner(host)).toContain('Files have URLs that begin with http://192.0.2.7:3000;');
  inNetworks(address('IPv4', '127.0.0.1', true));
  expect(banner(host)).toContain('no phone can reach it');
});

test('a server for this machine alone shows no other address', () => {
  inNetworks(address('IPv4', '192.0.2.7'));
  expect(banner('127.0.0.1')).toContain('http://localhost:3000/ ');
  expect(banner('127.0.0.1')).not.toMatch(/192|phone/);
});

test.each([
  [undefined, /a stand-in\. Set GOOGLE_APPLICATION_CREDENTIALS/],
  [{ serviceAccount: '{}' }, /fcm\.googleapis\.com$/],
  [{ serviceAccount: '{}', rootUrl: 'http://localhost:9' }, /http:\/\/localhost:9$/],
])('says which FCM gets the push notifications, with %j', (fcm, says) => {
  const settings = {
    host: '',
    port: 0,
    publicUrl: undefined,
    folder: undefined,
    dynamodb: undefined,
    chaosSeed: undefined,
  };
  const lines = describeServices(
    { ...settings, openai: undefined, google: undefined, fcm },
    { baseUrl: '', model: '' },
  );
  expect(lines.find((line) => line.includes('Push notifications: '))).toMatch(says);
});
