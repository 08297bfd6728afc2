import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleConnections } from './aws/api-gateway/connections-api.ts';
import { refuse, type SocketGateway } from './aws/api-gateway/socket-gateway.ts';
import type { Deployment } from './aws/cloudformation/deployment.ts';
import type { Roles } from './aws/iam/roles.ts';
import { handleInvocation, invocationsPath } from './aws/lambda/lambda-invoke-api.ts';
import { type AwsServices, awsServicesPath } from './aws/services/json-services.ts';
import { type TextMessages, textMessagesPath } from './aws/services/text-messages.ts';
import { apiReferencePath, showApiReference } from './pages/api-reference.ts';
import { playgroundPath, showPlayground } from './pages/playground.ts';
import { answerAsGoogle, googlePath, meetPath } from './stand-ins/google.ts';
import { answerAsOpenai, openaiPath } from './stand-ins/openai.ts';

interface Served {
  sockets: SocketGateway;
  roles: Roles;
  textMessages: TextMessages;
  awsServices: AwsServices;
  /** The current one; a reload replaces it. */
  deployment: () => Deployment;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;
type Test = (path: string) => boolean;

const is =
  (expected: string): Test =>
  (path) =>
    path === expected;
const under =
  (prefix: string): Test =>
  (path) =>
    path.startsWith(prefix);

/** Which part of the runner answers which path. The first match counts. */
function routes({ sockets: { open }, roles, textMessages, awsServices, deployment }: Served): [Test, Handle][] {
  const { rest, socketApi } = deployment();
  const { id: apiId, stage } = socketApi;
  return [
    [under(`/${stage}/@connections/`), (...http) => handleConnections(...http, { apiId, open, roles })],
    [under(invocationsPath), (...http) => handleInvocation(...http, deployment(), roles)],
    [under(awsServicesPath), (...http) => awsServices.handle(...http, roles)],
    [is(textMessagesPath), (...http) => textMessages.show(...http)],
    [under(googlePath), answerAsGoogle],
    [is(meetPath), answerAsGoogle],
    [under(openaiPath), answerAsOpenai],
    [is(apiReferencePath), showApiReference],
    [under(`${apiReferencePath}/`), showApiReference],
    [is('/'), showPlayground],
    [under(playgroundPath), showPlayground],
    [under(''), (...http) => rest.handle(...http)],
  ];
}

/** Puts everything that the runner has on one server: the edge and what is behind it, AWS's services and the pages. */
export function serve(server: Server, served: Served): void {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    // AWS's own client escapes the @ of "@connections".
    const { pathname } = new URL(`http://local${request.url?.replace('%40', '@') ?? '/'}`);
    const [, handle] = routes(served).find(([matches]) => matches(pathname)) ?? [];
    await handle?.(request, response);
  };
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    openSocket(served, request, socket, head).catch((error: unknown) => {
      console.error(error);
      socket.destroy();
    });
  });
}

/** A handshake goes through the edge to the WebSocket API, which has no path but its stage's own. */
async function openSocket(
  { sockets, deployment }: Served,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const { edge, socketApi } = deployment();
  const { method = 'GET', url = '/' } = request;
  // A client can send a path that is not a URL, such as "//".
  if (!URL.canParse(url, 'http://edge')) return refuse(socket, 403);
  const rewritten = edge.rewrite(method, url);
  if (typeof rewritten === 'object') {
    const { statusCode, body, headers } = rewritten;
    return refuse(socket, statusCode, body.data, headers['content-type']?.value);
  }
  if (new URL(rewritten, 'http://gateway').pathname !== `/${socketApi.stage}`) return refuse(socket, 403);
  await sockets.upgrade(request, rewritten, socket, head);
}
