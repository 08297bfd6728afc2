import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { problems } from '#shared/contract/problems.ts';
import { handleConnections } from './aws/api-gateway/connections-api.ts';
import { answerRequest, openSocket, socketRequest } from './aws/api-gateway/entry.ts';
import { offersWebSocket } from './aws/api-gateway/handshake.ts';
import type { SocketGateway } from './aws/api-gateway/socket-gateway.ts';
import type { Chaos } from './aws/chaos.ts';
import type { Deployment } from './aws/cloudformation/deployment.ts';
import { credentialsPath, showCredentials } from './aws/iam/operator-credentials.ts';
import type { Roles } from './aws/iam/roles.ts';
import { handleInvocation, invocationsPath } from './aws/lambda/lambda-invoke-api.ts';
import { type LocalS3, s3Path } from './aws/s3/local-s3.ts';
import { type AwsServices, awsServicesPath } from './aws/services/json-services.ts';
import { type TextMessages, textMessagesPath } from './aws/services/text-messages.ts';
import { reportError } from './console/printable.ts';
import type { LimitedServer } from './http/limited-server.ts';
import { toOriginForm } from './http/origin-form.ts';
import { BodyTooLarge } from './http/read-body.ts';
import { isFromThisMachine } from './http/this-machine.ts';
import { apiReferencePath, showApiReference } from './pages/api-reference.ts';
import { showPlayground } from './pages/playground.ts';
import { playgroundPath } from './pages/playground-build.ts';
import { type FcmStandIn, fcmPath } from './stand-ins/fcm.ts';
import { answerAsGoogle, googlePath, meetPath } from './stand-ins/google.ts';
import { answerAsOpenai, openaiPath } from './stand-ins/openai.ts';
import { type Pushes, pushesPath } from './stand-ins/pushes.ts';

interface Served {
  sockets: SocketGateway;
  roles: Roles;
  chaos: Chaos | undefined;
  textMessages: TextMessages;
  awsServices: AwsServices;
  s3: LocalS3;
  pushes: Pushes;
  fcm: FcmStandIn;
  /** The current one; a reload replaces it. */
  deployment: () => Deployment;
  /** Whether the disk has room for more data. */
  hasRoom: () => boolean;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;
type Route = [matches: (path: string) => boolean, handle: Handle];

const is =
  (expected: string): Route[0] =>
  (path) =>
    path === expected;
const under =
  (prefix: string): Route[0] =>
  (path) =>
    path.startsWith(prefix);

/** What the functions and the developer use. Nothing else may: it hands out secrets and one-time codes. */
function privateRoutes({ sockets: { open }, roles, chaos, deployment, ...served }: Served): Route[] {
  const { textMessages, awsServices, pushes, fcm } = served;
  const { id: apiId, stage } = deployment().socketApi;
  return [
    [under(`/${stage}/@connections/`), (...http) => handleConnections(...http, { apiId, open, roles, chaos })],
    [under(invocationsPath), (...http) => handleInvocation(...http, deployment(), roles)],
    [under(awsServicesPath), (...http) => awsServices.handle(...http, roles)],
    [is(credentialsPath), (_, response) => showCredentials(response, roles)],
    [is(textMessagesPath), (...http) => textMessages.show(...http)],
    [is(pushesPath), (...http) => pushes.show(...http)],
    [under(`${fcmPath}/`), (...http) => fcm.answer(...http)],
    [under(googlePath), answerAsGoogle],
    [is(meetPath), answerAsGoogle],
    [under(openaiPath), answerAsOpenai],
  ];
}

function pages({ deployment }: Served): Route[] {
  const playground: Handle = (...http) => showPlayground(...http, deployment().wsPath);
  const apiReference: Handle = (...http) => showApiReference(...http, deployment().wsPath);
  return [
    [is(apiReferencePath), apiReference],
    [under(`${apiReferencePath}/`), apiReference],
    [is('/'), playground],
    [under(playgroundPath), playground],
  ];
}

/** Which part of the runner answers the request. The rest goes through the edge, as on AWS. */
function handlerOf(served: Served, request: IncomingMessage, response: ServerResponse): Handle {
  const path = pathOf(request);
  const find = (routes: Route[]) => routes.find(([matches]) => matches(path))?.[1];
  const inside = find(privateRoutes(served));
  // Other methods are for the API, which has nothing at these paths.
  const page = ['GET', 'HEAD'].includes(request.method ?? '') ? find(pages(served)) : undefined;
  if (inside || page) response.setHeader('x-content-type-options', 'nosniff');
  if (inside) return isFromThisMachine(request) ? inside : answerForbidden;
  // Signed, like AWS's own. Phones upload there, and pages of other origins.
  if (path.startsWith(`${s3Path}/`)) return (...http) => served.s3.handle(...http);
  if (path === '/health' && !served.hasRoom()) return answerFullDisk;
  return page ?? ((...http) => answerRequest(served.deployment(), served.s3, ...http));
}

/** AWS's own client escapes the @ of "@connections". */
const pathOf = ({ url = '/' }: IncomingMessage): string => (url.split('?')[0] ?? '').replace('%40', '@');

function answer(response: ServerResponse, status: number, body: object, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

const answerForbidden: Handle = (_, response) =>
  answer(response, 403, { message: 'Only this machine may use this, under the name localhost.' });

/** DynamoDB Local still reads then, so that the function would see nothing wrong. On AWS there is no disk to fill. */
const answerFullDisk: Handle = (_, response) => {
  const { status, title } = problems.unavailable;
  const detail = 'The disk with the data folder is full.';
  answer(
    response,
    status,
    { type: 'about:blank', title, status, code: 'unavailable', detail },
    'application/problem+json',
  );
};

/** Puts everything that the runner has on one server: the edge and what is behind it, AWS's services and the pages. */
export function serve(server: LimitedServer, served: Served): void {
  server.answer = (request, response) => {
    toOriginForm(request);
    const handle = async () => handlerOf(served, request, response)(request, response);
    handle().catch((error: unknown) => answerError(error, request, response));
  };
  server.upgrades = (request) => {
    toOriginForm(request);
    return offersWebSocket(request) && socketRequest(served.deployment(), request) !== undefined;
  };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    openSocket(served.deployment(), served.sockets, request, socket, head).catch((error: unknown) => {
      reportError(error);
      socket.destroy();
    });
  });
}

function answerError(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  // The client has gone, which is the reason for the error.
  if (request.socket.destroyed) return;
  const tooLarge = error instanceof BodyTooLarge;
  if (!tooLarge) reportError(error);
  if (response.headersSent) response.destroy();
  else if (tooLarge) answer(response, 413, { message: 'Request Entity Too Large' });
  else answer(response, 500, { message: 'Internal Server Error' });
}
