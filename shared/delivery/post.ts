import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { settings } from '../settings.ts';

/** Retries are ours, because they share one time budget; a post that takes longer than a second is one to retry. */
const client = new ApiGatewayManagementApiClient({
  endpoint: settings.connectionsUrl(),
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1000, throwOnRequestTimeout: true },
});

export interface Try {
  result: 'done' | 'gone' | 'try again' | 'refused';
  cause?: unknown;
}

/** Throws nothing: the peer's trouble is not the sender's. */
async function tried(call: Promise<unknown>): Promise<Try> {
  try {
    await call;
    return { result: 'done' };
  } catch (cause) {
    const status =
      cause instanceof ApiGatewayManagementApiServiceException ? cause.$metadata.httpStatusCode : undefined;
    if (status === 410) return { result: 'gone', cause };
    const permanent = status !== undefined && status < 500 && status !== 429;
    return { result: permanent ? 'refused' : 'try again', cause };
  }
}

/** One try to hand a frame to API Gateway for one connection. */
export const post = (connectionId: string, frame: Uint8Array): Promise<Try> =>
  tried(client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: frame })));

/** One try to close a connection. */
export const closeConnection = (connectionId: string): Promise<Try> =>
  tried(client.send(new DeleteConnectionCommand({ ConnectionId: connectionId })));
