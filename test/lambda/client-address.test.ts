import { expect, test } from 'vitest';
import { checkHealth } from '#shared/contract/health/check-health.ts';
import { clientAddress } from '#shared/lambda/client-address.ts';
import { restEvent } from '../support/invoke.ts';

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
