import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';

const timeLimits = {
  /** How long a client may take for its headers and for its whole request, and how often this is checked. Milliseconds. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  /**
   * How long a connection is kept without a request, milliseconds. A client whose pool keeps it longer would send its next
   * request into a closed connection. Dart's HttpClient keeps one for 15 s (`idleTimeout`), and Node's default of 5 s is
   * shorter. It needs no longer `headersTimeout`, which begins with the first byte of a request.
   */
  keepAliveTimeout: 60_000,
};
/** More than the sockets of a large test, and less than a process may have files open. */
const maxConnections = 5000;

export type LimitedServer = Server & {
  /**
   * Whether a request that offers to upgrade is an "upgrade" of the connection. By default none is: it is answered as if it
   * had not offered anything (RFC 9110, 7.8), its body included.
   */
  upgrades: (request: IncomingMessage) => boolean;
};

/** A server whose clients can neither be slow without end nor too many. */
export function createLimitedServer(answer: RequestListener, limits: Partial<typeof timeLimits> = {}): LimitedServer {
  const shouldUpgradeCallback = (request: IncomingMessage) => server.upgrades(request);
  const created = createServer({ ...timeLimits, ...limits, shouldUpgradeCallback }, answer);
  const server: LimitedServer = Object.assign(created, { upgrades: () => false });
  server.maxConnections = maxConnections;
  return server;
}
