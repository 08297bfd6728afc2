import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { settings } from '../settings.ts';

/** Retries are ours, because they share one time budget; a post that takes longer than a second is one to retry. */
const client = new ApiGatewayManagementApiClient({
  endpoint: settings.connectionsUrl(),
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1000, throwOnRequestTimeout: true },
});

export type PostResult = 'posted' | 'gone' | 'try again' | 'refused';

/** One try to hand a frame to API Gateway for one connection. Throws nothing: the peer's trouble is not the sender's. */
export async function post(connectionId: string, frame: Uint8Array): Promise<{ result: PostResult; cause?: unknown }> {
  try {
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: frame }));
    return { result: 'posted' };
  } catch (cause) {
    const status =
      cause instanceof ApiGatewayManagementApiServiceException ? cause.$metadata.httpStatusCode : undefined;
    if (status === 410) return { result: 'gone', cause };
    const permanent = status !== undefined && status < 500 && status !== 429;
    return { result: permanent ? 'refused' : 'try again', cause };
  }
}
