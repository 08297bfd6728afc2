import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { reportError } from '../../console/printable.ts';
import { type S3Answer, xmlType } from './call.ts';
import { S3Error } from './s3-error.ts';

/** The operation's answer, or that to the error that it throws. */
export async function answerOrError(operation: () => Promise<S3Answer>, request?: IncomingMessage): Promise<S3Answer> {
  try {
    return await operation();
  } catch (error) {
    // The client has gone, which is the reason for the error.
    const isReason = request?.destroyed && !request.complete;
    const known = s3ErrorOf(error);
    if (!known && !isReason) reportError(error);
    const answered = known ?? new S3Error(500, 'InternalError', 'We encountered an internal error. Please try again.');
    return { status: answered.status, headers: xmlType, body: answered.toXml() };
  }
}

function s3ErrorOf(error: unknown): S3Error | undefined {
  if (error instanceof S3Error) return error;
  return error instanceof URIError ? new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.") : undefined;
}

/** Sends the answer; for HEAD the response leaves out the body. */
export async function send(response: ServerResponse, { status, headers, body }: S3Answer): Promise<void> {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  response.writeHead(status, { 'x-amz-request-id': requestId, server: 'AmazonS3', ...headers });
  if (body === undefined || typeof body === 'string') return void response.end(body);
  // A client that goes away ends both.
  await pipeline(body, response).catch(() => response.destroy());
}

/** Breaks the connection instead of answering. */
export function drop({ body }: S3Answer, { socket }: IncomingMessage): void {
  if (typeof body === 'object') body.destroy();
  socket.destroy();
}
