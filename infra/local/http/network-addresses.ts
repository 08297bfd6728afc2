import { networkInterfaces } from 'node:os';

/** The addresses (IPv4) of this machine in its networks. */
export const networkAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((own = []) =>
    own.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  );

/** Whether a server that listens on this host is reachable at all of the machine's addresses. */
export const isAnyAddress = (host: string): boolean => host === '0.0.0.0' || host === '::';

/**
 * The URL at which phones reach the server whose own URL is this one: that of the machine's first address in a network, if
 * the server listens on all of them. Otherwise it is the same.
 */
export function networkUrl(url: string, host: string): string {
  const [address] = isAnyAddress(host) ? networkAddresses() : [];
  return address === undefined ? url : `http://${address}:${new URL(url).port}`;
}
