import { isIPv6, SocketAddress } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { settings } from '#shared/platform/settings.ts';

/** Where a request comes from. */
export interface ClientAddress {
  /** What limits count: an IPv4 address, or the /64 that an IPv6 client has to choose addresses from. */
  ip: string;
  /** The network around it, /24 or /48: what the log shows, and what limits recognise a user's home or carrier by. */
  network: string;
}

/**
 * The client's address. Behind CloudFront, API Gateway sees an address of CloudFront's, and the client's is the last but
 * one in X-Forwarded-For. Anybody can write that header, so it counts only together with the secret that CloudFront adds.
 * Without CloudFront there is no such secret, and API Gateway itself sees the client.
 */
export function clientAddress({ headers, requestContext }: APIGatewayProxyEventV2): ClientAddress {
  const edgeKey = settings.edgeKey();
  const isFromEdge = edgeKey !== undefined && headers['chat-edge-key'] === edgeKey;
  const client = isFromEdge ? headers['x-forwarded-for']?.split(',').at(-2)?.trim() : undefined;
  return addressOf(client || requestContext.http.sourceIp);
}

/** IPv4 written as IPv6 is IPv4. */
function addressOf(given: string): ClientAddress {
  if (!isIPv6(given)) return ofIPv4(given);
  const { address } = new SocketAddress({ address: given, family: 'ipv6' });
  if (/^::ffff:.*\./.test(address)) return ofIPv4(address.slice('::ffff:'.length));
  const zeros = '0:'.repeat(9 - address.split(':').length);
  const groups = address.replace('::', `:${zeros}`).split(':');
  const network = (count: number) => `${groups.slice(0, count).join(':')}::/${count * 16}`;
  return { ip: network(4), network: network(3) };
}

const ofIPv4 = (ip: string): ClientAddress => ({ ip, network: `${ip.replace(/\.\d+$/, '.0')}/24` });
