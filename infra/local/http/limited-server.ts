import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';

/** How long a client may take for its headers and its whole request, and how often this is checked. Milliseconds. */
const timeLimits = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1000 };
/** HTTP clients that offer HTTP/2 (h2c) with each request get their answer over HTTP/1.1, as on AWS. */
const shouldUpgradeCallback = ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket';
/** More than the sockets of a large test, and less than a process may have files open. */
const maxConnections = 5000;

/** A server whose clients can neither be slow without end nor too many. */
export function createLimitedServer(answer: RequestListener, limits = timeLimits): Server {
  const server = createServer({ ...limits, shouldUpgradeCallback }, answer);
  server.maxConnections = maxConnections;
  return server;
}
