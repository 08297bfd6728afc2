import { afterEach, expect, test, vi } from 'vitest';
import { checkHealth } from '#shared/contract/health/check-health.ts';
import { clientAddress } from '#shared/lambda/client-address.ts';
import { restEvent } from '../support/invoke.ts';

afterEach(() => void vi.unstubAllEnvs());

test.each([
  ['203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:0DB8:1:2::6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8::1:2:3:4', '2001:db8:0:0::/64', '2001:db8:0::/48'],
  ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64', '2001:db8:0::/48'],
  ['2001:db8::', '2001:db8:0:0::/64', '2001:db8:0::/48'],
  ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
  ['::ffff:cb00:7107', '203.0.113.7', '203.0.113.0/24'],
])('%s counts as %s in %s', (address, ip, network) => {
  expect(clientAddress(restEvent(checkHealth, { ip: address }))).toEqual({ ip, network });
  const headers = {
    'chat-edge-key': process.env.EDGE_KEY as string,
    'x-forwarded-for': `spoofed, ${address}, cloudfront`,
  };
  expect(clientAddress(restEvent(checkHealth, { headers }))).toEqual({ ip, network });
});

test('a stack without an edge believes no header', () => {
  const forwarded = { 'x-forwarded-for': '198.51.100.1, 198.51.100.2, 198.51.100.3' };
  for (const key of [undefined, '']) {
    vi.stubEnv('EDGE_KEY', key);
    for (const claimed of [{}, { 'chat-edge-key': '' }, { 'chat-edge-key': 'undefined' }]) {
      const event = restEvent(checkHealth, { ip: '203.0.113.7', headers: { ...claimed, ...forwarded } });
      expect(clientAddress(event).ip).toBe('203.0.113.7');
    }
  }
});
