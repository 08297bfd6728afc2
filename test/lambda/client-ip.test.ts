import { expect, test } from 'vitest';
import { checkHealth } from '#shared/contract/health/check-health.ts';
import { clientIp } from '#shared/lambda/client-ip.ts';
import { restEvent } from '../support/invoke.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::1:2:3:4', '2001:db8:0:0::/64'],
  ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
])('%s counts as %s', (address, counted) => {
  expect(clientIp(restEvent(checkHealth, { ip: address }))).toBe(counted);
  const headers = {
    'chat-edge-key': process.env.EDGE_KEY as string,
    'x-forwarded-for': `spoofed, ${address}, cloudfront`,
  };
  expect(clientIp(restEvent(checkHealth, { headers }))).toBe(counted);
});
