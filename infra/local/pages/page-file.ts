import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file of a page, ready to be sent. */
export interface PageFile {
  type: string;
  bytes: Uint8Array;
  /** Compressed when it is first needed; undefined for what is compressed already. */
  readonly zipped: Uint8Array | undefined;
  /** A hash of the content, in hexadecimal digits. */
  hash: string;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** The name tells the type. */
export function pageFile(name: string, content: Uint8Array | string): PageFile {
  const bytes = Buffer.from(content);
  let zipped: Uint8Array | undefined;
  return {
    type: types[extname(name)] ?? 'application/octet-stream',
    bytes,
    get zipped() {
      if (!name.endsWith('.png')) zipped ??= gzipSync(bytes);
      return zipped;
    },
    hash: createHash('sha256').update(bytes).digest('hex').slice(0, 16),
  };
}

/** Compressed, if the browser accepts that, and without the content if it has it already. */
export function sendPageFile(
  { headers }: IncomingMessage,
  response: ServerResponse,
  file: PageFile,
  more: Record<string, string>,
): void {
  const zipped = /\bgzip\b/.test(String(headers['accept-encoding'])) ? file.zipped : undefined;
  const etag = `"${file.hash}${zipped ? '-gzip' : ''}"`;
  const common = { ...more, etag };
  if (headers['if-none-match']?.includes(etag)) {
    response.writeHead(304, common).end();
    return;
  }
  const body = zipped ?? file.bytes;
  response
    .writeHead(200, {
      ...common,
      'content-type': file.type,
      'content-length': body.length,
      ...(zipped && { 'content-encoding': 'gzip' }),
    })
    .end(body);
}
