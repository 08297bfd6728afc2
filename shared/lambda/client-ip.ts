import { isIPv6, SocketAddress } from 'node:net';
import { settings } from '#shared/platform/settings.ts';
import type { RestEvent } from './log-request.ts';

/**
 * The client address that a request is counted under. Behind CloudFront, API Gateway sees an address of CloudFront's,
 * and the client's is the last but one in X-Forwarded-For. Anybody can write that header, so it counts only together
 * with the secret that CloudFront adds.
 */
export function clientIp({ headers, requestContext }: RestEvent): string {
  const forwarded = headers['chat-edge-key'] === settings.edgeKey() && headers['x-forwarded-for'];
  const client = forwarded ? forwarded.split(',').at(-2)?.trim() : undefined;
  return networkOf(client || requestContext.http.sourceIp);
}

/** An IPv6 client has its whole /64 to choose addresses from, so the /64 is counted. IPv4 written as IPv6 is IPv4. */
function networkOf(given: string): string {
  if (!isIPv6(given)) return given;
  const { address } = new SocketAddress({ address: given, family: 'ipv6' });
  if (/^::ffff:.*\./.test(address)) return address.slice('::ffff:'.length);
  const zeros = '0:'.repeat(9 - address.split(':').length);
  const groups = address.replace('::', `:${zeros}`).split(':');
  return `${groups.slice(0, 4).join(':')}::/64`;
}
