import type { IncomingMessage } from 'node:http';

/**
 * Whether a program on this machine sent the request, and named this machine in it. A web page whose name was rebound to
 * this machine sends its own name as the Host.
 */
export function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  const peer = plain(socket.remoteAddress);
  // A program on this machine that uses the machine's address in the network comes from that address.
  const own = plain(socket.localAddress);
  const isOwn = isLoopback(peer) || (peer !== '' && peer === own);
  return isOwn && ['localhost', '127.0.0.1', '[::1]', own, `[${own}]`].includes(hostname(headers.host) || '(none)');
}

/** A server that listens on IPv6 sees IPv4 addresses as "::ffff:127.0.0.1". */
const plain = (address = '') => address.replace(/^::ffff:/, '');

const isLoopback = (address: string) => address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);

const hostname = (host = '') => host.replace(/:\d+$/, '').toLowerCase();
