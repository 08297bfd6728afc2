import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiHost } from '../cloudformation/arns.ts';
import type { Deployment } from '../cloudformation/deployment.ts';
import type { BucketOrigin } from '../cloudformation/distribution.ts';
import { send } from '../s3/answer.ts';
import type { LocalS3 } from '../s3/local-s3.ts';
import { type ApiRequest, directRequest, splitUrl } from './api-request.ts';
import type { ForwardedRequest } from './edge.ts';
import { refuse } from './handshake.ts';
import { isSigned } from './iam-authorizer.ts';
import type { SocketGateway } from './socket-gateway.ts';

/** Where clients come in. One port stands for three hosts of AWS: the edge's, and those of the two APIs behind it. */

const forbidden = '{"message":"Forbidden"}';

/**
 * Answers a request through the edge. Without a distribution it goes to the HTTP API directly, and so does a signed one:
 * operators call the API's own host on AWS, as CloudFront changes the Host, which is signed.
 */
export async function answerRequest(
  { edge, rest, socketApi }: Deployment,
  s3: LocalS3,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const forwarded = isSigned(incoming.headers) ? undefined : edge.forward(incoming);
  if (forwarded && 'statusCode' in forwarded) {
    const { statusCode, headers = {}, body } = forwarded;
    for (const [name, { value }] of Object.entries(headers)) response.setHeader(name, value);
    response.writeHead(statusCode).end(body?.data);
  } else if (forwarded?.bucket) {
    await answerFromBucket(s3, forwarded, forwarded.bucket, response);
  } else if (forwarded?.host === apiHost(socketApi.id)) {
    // A WebSocket API answers nothing but handshakes.
    response.writeHead(403, { 'content-type': 'application/json' }).end(forbidden);
  } else await rest.handle(forwarded ?? directRequest(incoming), incoming, response);
}

async function answerFromBucket(
  s3: LocalS3,
  { url, method, headers: sent }: ForwardedRequest,
  { id, addedHeaders }: BucketOrigin,
  response: ServerResponse,
): Promise<void> {
  const { range, 'if-none-match': ifNoneMatch, 'if-match': ifMatch } = sent;
  // The cache policy lets no other header through.
  const passed = { range, 'if-none-match': ifNoneMatch, 'if-match': ifMatch };
  const answer = await s3.answerCloudFront(id, splitUrl(url).path, { method, headers: passed });
  const headers = { ...answer.headers };
  for (const { name, value, override, forOtherOrigins } of addedHeaders)
    if ((override || headers[name] === undefined) && (!forOtherOrigins || sent.origin !== undefined))
      headers[name] = value;
  await send(response, { ...answer, headers });
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
