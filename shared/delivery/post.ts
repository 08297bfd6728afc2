import { awsRequest } from '#shared/platform/aws/request.ts';
import { settings } from '#shared/platform/settings.ts';

const baseUrl = settings.connectionsUrl();

export interface PostResult {
  result: 'done' | 'gone' | 'try again' | 'refused';
  /** The service's name of an error, its status, or the network's error code. */
  cause?: string;
}

/** One request for a connection. Never throws: a peer's trouble is not the sender's. */
async function request(
  method: 'POST' | 'DELETE',
  connectionId: string,
  options: { body?: string; deadline: number },
): Promise<PostResult> {
  const url = new URL(`${baseUrl}/@connections/${encodeURIComponent(connectionId)}`);
  try {
    const { status, type } = await awsRequest({ service: 'execute-api', method, url, ...options });
    if (status < 300) return { result: 'done' };
    const cause = type?.split(':')[0] ?? String(status);
    if (status === 410) return { result: 'gone', cause };
    return { result: status < 500 && status !== 429 ? 'refused' : 'try again', cause };
  } catch (error) {
    const { name, code } = error as NodeJS.ErrnoException;
    return { result: 'try again', cause: code ?? name };
  }
}

/** One attempt to hand a frame to API Gateway for one connection. `deadline` is in milliseconds since the epoch. */
export const post = (connectionId: string, frame: string, deadline: number): Promise<PostResult> =>
  request('POST', connectionId, { body: frame, deadline });

/** One attempt to close a connection. */
export const closeConnection = (connectionId: string, deadline: number): Promise<PostResult> =>
  request('DELETE', connectionId, { deadline });
