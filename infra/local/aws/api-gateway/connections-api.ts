import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../http/read-body.ts';
import { type Chaos, calm } from '../chaos.ts';
import { invokeArn } from '../cloudformation/arns.ts';
import type { Roles } from '../iam/roles.ts';
import type { OpenSocket } from './socket-context.ts';

const maxBytes = 128 * 1024;
/** API Gateway answers 429 when a client does not read and its buffer is full. Bytes. */
const maxBuffered = 1024 * 1024;

/** API Gateway's management API, `/{stage}/@connections/{connectionId}`: POST, GET and DELETE. */
export async function handleConnections(
  request: IncomingMessage,
  response: ServerResponse,
  {
    apiId,
    open,
    roles,
    chaos = calm,
  }: { apiId: string; open: Map<string, OpenSocket>; roles: Roles; chaos?: Chaos | undefined },
): Promise<void> {
  const { method, url, headers } = request;
  const body = await readBody(request);
  const fail = (status: number, type: string, message: string) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
    response.end(JSON.stringify({ message }));
  };
  const [, stage = '', , connectionId = ''] = decode(url ?? '').split('/');
  const resource = invokeArn(apiId, `${stage}/${method}/@connections/${connectionId}`);
  const refusal = roles.refusal({ method, url, headers, body }, [
    { action: 'execute-api:ManageConnections', resource },
  ]);
  if (refusal) return fail(403, 'ForbiddenException', refusal);
  if (!/^[\w-]+=*$/.test(connectionId))
    return fail(400, 'BadRequestException', `Invalid connectionId: ${connectionId}`);
  const entry = open.get(connectionId);
  if (!entry) return fail(410, 'GoneException', 'Gone');
  const { socket, connectedAt, lastActiveAt, sourceIp, userAgent, touch } = entry;
  if (method === 'GET') {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ connectedAt, identity: { sourceIp, userAgent }, lastActiveAt }));
  } else if (method === 'DELETE') {
    socket.close(1000, 'Connection Closed Normally');
    response.writeHead(204).end();
  } else if (body.length > maxBytes) {
    fail(413, 'PayloadTooLargeException', 'Payload Too Large');
  } else if (socket.bufferedAmount > maxBuffered) {
    fail(429, 'LimitExceededException', 'The client does not read its messages');
  } else if (chaos.strikes('postThrottled', connectionId)) {
    fail(429, 'LimitExceededException', 'Too Many Requests');
  } else if (chaos.strikes('postFailed', connectionId)) {
    fail(500, 'InternalServerErrorException', 'Internal server error');
  } else if (chaos.strikes('connectionGone', connectionId)) {
    socket.terminate();
    fail(410, 'GoneException', 'Gone');
  } else {
    touch();
    socket.send(body.toString());
    response.end();
  }
}

/** A path that cannot be decoded names no connection. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
