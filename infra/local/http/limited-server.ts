import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

const usualLimits = {
  /**
   * How long a client may take for its headers and for its whole request, and how often this is checked. Milliseconds. An
   * upload may take as long as its URL is valid; `readBody` gives other requests less time.
   */
  headersTimeout: 10_000,
  requestTimeout: 300_000,
  connectionsCheckingInterval: 1000,
  /**
   * How long a connection is kept without a request, milliseconds. A client whose pool keeps it longer would send its next
   * request into a closed connection. Dart's HttpClient keeps one for 15 s (`idleTimeout`), and Node's default of 5 s is
   * shorter. It needs no longer `headersTimeout`, which begins with the first byte of a request.
   */
  keepAliveTimeout: 60_000,
  /** More than the sockets of a large test, and less than a process may have files open. */
  maxConnections: 5000,
};

export type LimitedServer = Server & {
  /** Answers the requests. */
  answer: RequestListener;
  /**
   * Whether a request that offers to upgrade is an "upgrade" of the connection. By default none is: it is answered as if it
   * had not offered anything (RFC 9110, 7.8), its body included.
   */
  upgrades: (request: IncomingMessage) => boolean;
};

/** A server whose clients can neither be slow without end nor too many. */
export function createLimitedServer(answer: RequestListener, limits: Partial<typeof usualLimits> = {}): LimitedServer {
  const { maxConnections, ...timeLimits } = { ...usualLimits, ...limits };
  const shouldUpgradeCallback = (request: IncomingMessage) => server.upgrades(request);
  const created = createServer({ ...timeLimits, shouldUpgradeCallback }, (...exchange) => server.answer(...exchange));
  const server: LimitedServer = Object.assign(created, { answer, upgrades: () => false });
  limitConnections(server, maxConnections);
  return server;
}

/**
 * Makes room for a connection beyond `max` by closing the one that has waited longest for a request. Node's own
 * `maxConnections` refuses the new one, so whoever keeps enough idle connections would lock everybody else out.
 */
function limitConnections(server: Server, max: number): void {
  const waiting = new Set<Socket>();
  let open = 0;
  server.on('connection', (socket: Socket) => {
    open++;
    waiting.add(socket);
    socket.once('close', () => {
      open--;
      waiting.delete(socket);
    });
    const [longest] = waiting;
    if (open <= max || !longest) return;
    waiting.delete(longest);
    longest.destroy();
  });
  server.on('request', ({ socket }, response) => {
    waiting.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) waiting.add(socket);
    });
  });
  server.on('upgrade', ({ socket }) => void waiting.delete(socket));
}
