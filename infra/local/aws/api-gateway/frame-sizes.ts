import type { Duplex } from 'node:stream';

/** API Gateway's limit for a single frame, bytes. A longer message has to be split into frames. */
const maxFrameBytes = 32 * 1024;

/**
 * Calls `tooLong` for every WebSocket frame of the client (RFC 6455, 5.2) above the limit. It reads the frame headers
 * from the socket, as the `ws` package reports only whole messages.
 */
export function watchFrameSizes(socket: Duplex, tooLong: () => void): void {
  let header = Buffer.alloc(0);
  let left = 0;
  socket.prependListener('data', (chunk: Buffer) => {
    let at = 0;
    while (at < chunk.length) {
      if (left > 0) {
        const skipped = Math.min(left, chunk.length - at);
        left -= skipped;
        at += skipped;
        continue;
      }
      header = Buffer.concat([header, chunk.subarray(at, at + 1)]);
      at++;
      const length = payloadLength(header);
      if (length === undefined) continue;
      left = length;
      header = Buffer.alloc(0);
      if (length > maxFrameBytes) tooLong();
    }
  });
}

/** Undefined until the header is complete: 2 bytes, then 0, 2 or 8 bytes of length, then a client's 4 bytes of mask. */
function payloadLength(header: Buffer): number | undefined {
  const short = (header[1] ?? 0) & 0x7f;
  const extra = { 126: 2, 127: 8 }[short] ?? 0;
  if (header.length < 2 + extra + 4) return undefined;
  if (extra === 0) return short;
  return extra === 2 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
}
