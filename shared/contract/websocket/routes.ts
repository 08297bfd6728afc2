/** A route of the WebSocket API. Its code is in `functions/{name}.ts`. */
interface SocketRoute {
  readonly name: string;
  /** Whether API Gateway sends the function's result to the client. The other functions post to the connection. */
  readonly returnResponse: boolean;
}

/** By route key: a frame's `type`, or one of API Gateway's own three keys. */
export const websocketRoutes: Readonly<Record<string, SocketRoute>> = {
  $connect: { name: 'websocket/connect', returnResponse: false },
  $disconnect: { name: 'websocket/disconnect', returnResponse: false },
  $default: { name: 'websocket/default', returnResponse: true },
  message: { name: 'websocket/message', returnResponse: false },
  ping: { name: 'websocket/ping', returnResponse: true },
  read: { name: 'websocket/read', returnResponse: false },
  sync: { name: 'websocket/sync', returnResponse: false },
  typing: { name: 'websocket/typing', returnResponse: false },
};
