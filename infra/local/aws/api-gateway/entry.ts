import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiHost } from '../cloudformation/arns.ts';
import type { Deployment } from '../cloudformation/deployment.ts';
import { directRequest, splitUrl } from './api-request.ts';
import { refuse } from './handshake.ts';
import type { SocketGateway } from './socket-gateway.ts';

/** Where clients come in. One port stands for three hosts of AWS: the edge's, and those of the two APIs behind it. */

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
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Forbidden"}');
  } else await rest.handle(forwarded ?? directRequest(incoming), incoming, response);
}

/**
 * Opens a socket through the edge, or at the WebSocket API's own path `/{stage}`, which has no edge. That API knows no
 * other path, and a handshake at any other is refused as it refuses one.
 */
export async function openSocket(
  { edge, socketApi }: Deployment,
  sockets: SocketGateway,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const atStage = ({ url }: { url: string }) => splitUrl(url).path.replace(/\/$/, '') === `/${socketApi.stage}`;
  const direct = directRequest(incoming);
  if (atStage(direct)) return sockets.upgrade(direct, incoming, socket, head);
  const forwarded = edge.forward(incoming);
  if (forwarded && 'statusCode' in forwarded) {
    const { statusCode, headers, body } = forwarded;
    return refuse(socket, statusCode, body.data, headers['content-type']?.value);
  }
  if (forwarded?.host !== apiHost(socketApi.id) || !atStage(forwarded)) return refuse(socket, 403);
  await sockets.upgrade(forwarded, incoming, socket, head);
}
