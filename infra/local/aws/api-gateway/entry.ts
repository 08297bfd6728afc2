import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiHost } from '../cloudformation/arns.ts';
import type { Deployment } from '../cloudformation/deployment.ts';
import { type ApiRequest, directRequest, splitUrl } from './api-request.ts';
import { refuse } from './handshake.ts';
import type { SocketGateway } from './socket-gateway.ts';

/** Where clients come in. One port stands for three hosts of AWS: the edge's, and those of the two APIs behind it. */

const forbidden = '{"message":"Forbidden"}';

/** Answers a request through the edge; without a distribution it goes to the HTTP API directly. */
export async function answerRequest(
  { edge, rest, socketApi }: Deployment,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const forwarded = edge.forward(incoming);
  if (forwarded && 'statusCode' in forwarded) {
    const { statusCode, headers, body } = forwarded;
    for (const [name, { value }] of Object.entries(headers)) response.setHeader(name, value);
    response.writeHead(statusCode).end(body.data);
  } else if (forwarded?.host === apiHost(socketApi.id)) {
    // A WebSocket API answers nothing but handshakes.
    response.writeHead(403, { 'content-type': 'application/json' }).end(forbidden);
  } else await rest.handle(forwarded ?? directRequest(incoming), incoming, response);
}

/**
 * A handshake as it reaches the WebSocket API: through the edge, or at that API's own path `/{stage}`, which has no edge.
 * Undefined if no socket is at its path.
 */
export function socketRequest({ edge, socketApi }: Deployment, incoming: IncomingMessage): ApiRequest | undefined {
  const own = `/${socketApi.stage}`;
  const direct = directRequest(incoming);
  if (splitUrl(direct.url).path.startsWith(`${own}/`) || splitUrl(direct.url).path === own) return direct;
  const forwarded = edge.forward(incoming);
  return forwarded && 'host' in forwarded && forwarded.host === apiHost(socketApi.id) ? forwarded : undefined;
}

/** Opens a socket for a handshake that reaches the WebSocket API. That API knows no path but its stage. */
export async function openSocket(
  deployment: Deployment,
  sockets: SocketGateway,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const request = socketRequest(deployment, incoming);
  const isAtStage = request && splitUrl(request.url).path.replace(/\/$/, '') === `/${deployment.socketApi.stage}`;
  if (!isAtStage) return refuse(socket, 403, forbidden);
  await sockets.upgrade(request, incoming, socket, head);
}
