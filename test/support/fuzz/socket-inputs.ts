import type { Draw } from './draw.ts';
import { pathOf } from './http-inputs.ts';

/** WebSocket handshakes and frames that no well-behaved client sends, as bytes. */

const handshake = (path: string, headers: string[]): Buffer =>
  Buffer.from([`GET ${path} HTTP/1.1`, 'host: localhost', ...headers, '', ''].join('\r\n'));

const sound = [
  'connection: Upgrade',
  'upgrade: websocket',
  'sec-websocket-version: 13',
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
];

const unsound = [
  'connection: close',
  'upgrade: h2c',
  'sec-websocket-version: 7',
  'sec-websocket-key: short',
  'sec-websocket-key: ',
  'sec-websocket-protocol: a, a',
  'sec-websocket-protocol: \x1b[2J',
  'sec-websocket-extensions: permessage-deflate; server_max_window_bits=99',
  '__proto__: x',
  'user-agent: \x1b[2J',
];

/** One that the server accepts. */
export const openingHandshake = (openPath: string): Buffer => handshake(openPath, sound);

/** Some are sound but for the path or a parameter, some lack a header or have a wrong one. */
export function brokenHandshake(draw: Draw, openPath: string): Buffer {
  const parameter = `&${draw.of(['toString', '__proto__', 'constructor', 'chatId', 'inbox', 'token', '%zz'])}=${draw.of(['1', '%1b[2J', ''])}`;
  const path = draw.chance(0.5)
    ? pathOf(draw)
    : `/ws/${draw.of(['chat/x', 'inbox'])}?token=x${parameter}${draw.chance(0.2) ? parameter : ''}`;
  if (draw.chance(0.3)) return handshake(path, sound);
  const kept = sound.filter(() => draw.chance(0.8));
  return handshake(draw.chance(0.05) ? openPath : path, [...kept, ...draw.some(2, () => draw.of(unsound))]);
}

const texts = [
  '{"type":"ping"}',
  '{"type":"message","content":"\\u001b[2J"}',
  '{"type":"toString"}',
  '{"type":"__proto__"}',
  '{"type":"$connect"}',
  '{"type":"$disconnect"}',
  '{"type":"\\u001b[2J"}',
  '{"type":{"toString":1}}',
  '{"__proto__":{"type":"ping"}}',
  'null',
  '"',
  '\x1b[2J',
  '\r\nforged line',
  `${'['.repeat(5000)}`,
  '',
];

/** A frame as in RFC 6455, 5.2, whose parts need not agree. */
export function frame(draw: Draw): Buffer {
  const payload = draw.chance(0.7) ? Buffer.from(draw.of(texts)) : draw.bytes(200);
  const first = draw.chance(0.6) ? 0x81 : draw.below(256);
  const masked = draw.chance(0.9) ? 0x80 : 0;
  const header = draw.chance(0.85) ? honestLength(payload.length, masked) : hugeLength(draw, masked);
  const mask = draw.bytes(4);
  const key = Buffer.concat([mask, Buffer.alloc(4 - mask.length)]);
  const covered = payload.map((byte, n) => byte ^ (key[n % 4] ?? 0));
  return Buffer.concat([Buffer.from([first]), header, ...(masked ? [key, covered] : [payload])]);
}

function honestLength(length: number, masked: number): Buffer {
  if (length < 126) return Buffer.from([masked | length]);
  return Buffer.from([masked | 126, length >> 8, length & 255]);
}

function hugeLength(draw: Draw, masked: number): Buffer {
  const length = Buffer.alloc(9);
  length[0] = masked | 127;
  length.writeBigUInt64BE(draw.of([0n, 1n, 70_000n, 200_000n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]), 1);
  return length;
}
