import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { same } from '../../conformance/client/unmet.ts';
import type { Backend } from '../client/backend.ts';
import type { Results } from '../run/results.ts';
import type { Chat } from './chat.ts';

/** The largest frame that docs/api.md promises. */
const maxBytes = 32 * 1024;
const message = z.object({ content: z.string() });

/** A message of exactly so many bytes: the longest content, and then the spaces that JSON allows. */
function frameOf(bytes: number, content: string, clientId: string): string {
  const frame = JSON.stringify({ type: 'message', content, clientId });
  return frame + ' '.repeat(bytes - Buffer.byteLength(frame));
}

/** Whether large frames pass through everything between a client and a function. */
export async function checkFrames(backend: Backend, results: Results, chat: Chat): Promise<void> {
  const url = backend.chatUrl(chat.id, `token=${chat.anna}`);
  const content = '👋'.repeat(4000);
  await results.check('frames', 'a frame of 32 KB is stored and comes back', async () => {
    const { socket } = await backend.open('a socket', url);
    const clientId = randomUUID();
    socket.send(frameOf(maxBytes, content, clientId));
    const stored = await socket.find('the message of 32 KB', message, { clientId });
    same('its content', stored.content === content, true);
    socket.close();
    return undefined;
  });
  await results.check('frames', 'a larger frame closes the socket with 1009', async () => {
    const { socket } = await backend.open('a socket', url);
    socket.send(frameOf(maxBytes + 1, content, randomUUID()));
    same('the close code', await socket.closed('a socket with a frame of 32 KB and a byte'), 1009);
    return undefined;
  });
}
