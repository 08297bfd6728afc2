import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { same } from '../../conformance/client/unmet.ts';
import type { Backend } from '../client/backend.ts';
import type { Results } from '../run/results.ts';
import type { Chat } from './chat.ts';

const message = z.object({ seq: z.number(), content: z.string(), clientId: z.string() });
const synced = z.object({ seq: z.number(), more: z.optional(z.boolean()) });

/** A client whose connection breaks loses nothing, and stores nothing twice. */
export async function checkCatchingUp(backend: Backend, results: Results, chat: Chat): Promise<void> {
  const url = backend.chatUrl(chat.id, `token=${chat.anna}`);
  const path = `/chats/${chat.id}/messages`;
  await results.check('catching up', 'after a drop, a sync brings what was missed', async () => {
    const before = await backend.open('a socket', url);
    const sent = { type: 'message', content: 'Before the tunnel', clientId: randomUUID() };
    before.socket.send(sent);
    const last = await before.socket.find('the own message', message, { clientId: sent.clientId });
    before.drop();
    const contents = ['One', 'Two', 'Three'];
    for (const content of contents) await backend.call({ method: 'POST', path, token: chat.boris, body: { content } });

    const { socket } = await backend.open('a socket after the drop', url);
    // The answer may have been lost, so clients send again.
    socket.send(sent);
    const again = await socket.find('the message that was sent again', message, { clientId: sent.clientId });
    same('the number of a message that was sent again', again.seq, last.seq);
    socket.send({ type: 'sync', after: last.seq });
    const missed: string[] = [];
    for (const [index, content] of contents.entries()) {
      const frame = await socket.find('a message that was missed', z.object({ content: z.string() }), {
        seq: last.seq + index + 1,
      });
      same('its content', frame.content, content);
      missed.push(frame.content);
    }
    const end = await socket.find('the end of the sync', synced, { type: 'synced' });
    same('the number at the end of the sync', end.seq, last.seq + missed.length);
    socket.close();
    return `${missed.length} messages`;
  });
}
