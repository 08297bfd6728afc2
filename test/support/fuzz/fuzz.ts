import { connect } from 'node:net';
import { Draw } from './draw.ts';
import { httpRequest, mutate } from './http-inputs.ts';
import { brokenHandshake, frame, openingHandshake } from './socket-inputs.ts';

export interface FuzzTarget {
  /** http://127.0.0.1:3000 */
  url: string;
  /** Path and query of a socket that the server accepts. */
  openPath: string;
}

/** How many connections are open at the same time. */
const concurrency = 32;
/** The server closes every connection whose client has closed its side; what takes longer hangs. */
const hangMs = 40_000;
/** How long a client waits for an answer: some of what it sends is no complete request. */
const patienceMs = 250;

interface Input {
  /** What the client writes at once; then, when there is an answer, the frames. */
  request: Buffer[];
  frames: Buffer[];
  /** How the client ends: it closes its side, breaks the connection off, or waits for an answer first. */
  ending: 'closes' | 'breaks off' | 'waits';
}

/** Input number `n` of a seed. */
export function inputOf(seed: number, n: number, openPath: string): Input {
  const draw = new Draw(seed * 1_000_003 + n);
  const ending = draw.of(['closes', 'closes', 'closes', 'waits', 'waits', 'breaks off'] as const);
  // A real socket takes a hundred times the CPU of the rest.
  if (draw.chance(0.02))
    return { request: [openingHandshake(openPath)], frames: draw.some(12, () => frame(draw)), ending };
  const kind = draw.below(20);
  const bytes = [
    () => (kind < 10 ? httpRequest(draw) : mutate(draw, httpRequest(draw))),
    () => (kind < 19 ? brokenHandshake(draw, openPath) : draw.bytes(300)),
  ][kind < 14 ? 0 : 1]?.() as Buffer;
  return { request: draw.chance(0.1) ? split(draw, bytes) : [bytes], frames: [], ending };
}

function split(draw: Draw, bytes: Buffer): Buffer[] {
  const at = draw.below(bytes.length + 1);
  return [bytes.subarray(0, at), bytes.subarray(at)];
}

/**
 * Sends `count` inputs over sockets of their own. Returns the numbers of those whose connection the server
 * left open.
 */
export async function fuzz(
  { url, openPath }: FuzzTarget,
  { seed, count, onInput = () => {} }: { seed: number; count: number; onInput?: (n: number) => void },
): Promise<number[]> {
  const { hostname, port } = new URL(url);
  const hanging: number[] = [];
  let next = 0;
  const client = async () => {
    for (let n = next++; n < count; n = next++) {
      const input = inputOf(seed, n, openPath);
      if (!(await send({ host: hostname, port: Number(port) }, input))) hanging.push(n);
      onInput(n);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, client));
  return hanging;
}

/** Whether the connection ended in time. */
function send(server: { host: string; port: number }, { request, frames, ending }: Input): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ ...server, allowHalfOpen: true, noDelay: true });
  const timers = [setTimeout(() => resolve(false), hangMs)];
  void promise.then(() => timers.forEach(clearTimeout)).then(() => socket.destroy());
  // The server may close in the middle of what it is sent.
  socket.on('error', () => {});
  socket.on('close', () => resolve(true));
  socket.on('end', () => socket.end());
  const finish = () => {
    for (const one of frames.splice(0)) socket.write(one);
    if (ending === 'breaks off') socket.resetAndDestroy();
    else socket.end();
  };
  for (const piece of request) socket.write(piece);
  const waits = ending === 'waits' || frames.length > 0;
  if (!waits) finish();
  else timers.push(setTimeout(finish, patienceMs));
  if (waits) socket.once('data', finish);
  socket.resume();
  return promise;
}
