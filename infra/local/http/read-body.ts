import type { IncomingMessage } from 'node:http';

/** Lambda's limit for an event, bytes. API Gateway's own limit is 10 MB. */
const lambdaMaxBytes = 6 * 1024 * 1024;

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Throws a BodyTooLarge when the body is longer than `maxBytes`, at the latest when that many have arrived. The rest is read
 * and dropped, so that the client gets to read the answer. A body that has not ended after `maxMs` ends the connection.
 */
export async function readBody(
  request: IncomingMessage,
  { maxBytes = lambdaMaxBytes, maxMs = 30_000 } = {},
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const tooLarge = () => {
    chunks.length = 0;
    reject(new BodyTooLarge(`A body of more than ${maxBytes} bytes`));
  };
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) tooLarge();
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) tooLarge();
    else chunks.push(chunk);
  });
  request.on('end', () => resolve(Buffer.concat(chunks)));
  request.on('error', reject);
  const slow = setTimeout(() => request.destroy(), maxMs);
  request.on('close', () => {
    clearTimeout(slow);
    reject(new Error('The request broke off'));
  });
  return promise;
}
