import type { Duplex } from 'node:stream';

/** API Gateway's quota of a single frame, bytes; a longer message must come in several. */
const maxFrameBytes = 32 * 1024;

/**
 * Reads the lengths of a client's WebSocket frames (RFC 6455, 5.2) off its socket and calls back for one that is too
 * long. The `ws` package only tells of whole messages.
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

/** Undefined until the header is whole: 2 bytes, 0, 2 or 8 of length and, from a client, always 4 of mask. */
function payloadLength(header: Buffer): number | undefined {
  const short = (header[1] ?? 0) & 0x7f;
  const extra = { 126: 2, 127: 8 }[short] ?? 0;
  if (header.length < 2 + extra + 4) return undefined;
  if (extra === 0) return short;
  return extra === 2 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
}
