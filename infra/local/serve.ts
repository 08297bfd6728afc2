import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleConnections } from './aws/api-gateway/connections-api.ts';
import { refuse, type SocketGateway } from './aws/api-gateway/socket-gateway.ts';
import type { Deployment } from './aws/cloudformation/deployment.ts';
import { awsRetryDelays, handleInvocation, invocationsPath } from './aws/lambda/lambda-invoke-api.ts';
import { type AwsServices, awsServicesPath } from './aws/services/json-services.ts';
import { type TextMessages, textMessagesPath } from './aws/services/text-messages.ts';
import { apiReferencePath, showApiReference } from './pages/api-reference.ts';
import { playgroundPath, showPlayground } from './pages/playground.ts';
import { answerAsGoogle, googlePath, meetPath } from './stand-ins/google.ts';
import { answerAsOpenai, openaiPath } from './stand-ins/openai.ts';

/** Puts one server in front of everything, as the edge is on AWS; the deployment is asked for anew each time. */
export function serve(
  server: Server,
  sockets: SocketGateway,
  { textMessages, awsServices }: { textMessages: TextMessages; awsServices: AwsServices },
  deployment: () => Deployment,
): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { rest, roles, socketApi } = deployment();
    const handle = async () => {
      const { pathname } = new URL(`http://local${request.url?.replace('%40', '@') ?? '/'}`);
      if (pathname.startsWith(`/${socketApi.stage}/@connections/`))
        return handleConnections(request, response, { apiId: socketApi.id, open: sockets.open, roles });
      if (pathname === textMessagesPath) return textMessages.show(request, response);
      if (pathname.startsWith(invocationsPath))
        return handleInvocation(request, response, deployment(), awsRetryDelays);
      if (pathname.startsWith(awsServicesPath)) return awsServices.handle(request, response, roles);
      if (pathname.startsWith(googlePath) || pathname === meetPath) return answerAsGoogle(request, response);
      if (pathname.startsWith(openaiPath)) return answerAsOpenai(request, response);
      if (pathname === apiReferencePath || pathname.startsWith(`${apiReferencePath}/`))
        return showApiReference(request, response);
      if (pathname === '/' || pathname.startsWith(playgroundPath)) return showPlayground(request, response);
      return rest.handle(request, response);
    };
    handle().catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const { edge, socketApi } = deployment();
    // What is no URL at all ("//") is not known either.
    const isUrl = URL.canParse(request.url ?? '/', 'http://edge');
    const url = isUrl ? edge.rewrite(request.method ?? 'GET', request.url ?? '/') : undefined;
    if (typeof url === 'object')
      return refuse(socket, url.statusCode, url.body.data, url.headers['content-type']?.value);
    // A WebSocket API has nothing but its stage's own path.
    const known = url !== undefined && new URL(url, 'http://gateway').pathname === `/${socketApi.stage}`;
    if (!known) return refuse(socket, 403);
    sockets.upgrade(request, url, socket, head).catch((error: unknown) => {
      console.error(error);
      socket.destroy();
    });
  });
}
