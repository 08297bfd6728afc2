import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { same, Unmet } from '../../conformance/client/unmet.ts';
import type { Backend, SmokeSocket } from '../client/backend.ts';
import { NotChecked, type Results } from '../run/results.ts';
import type { Chat } from './chat.ts';

const message = z.object({ seq: z.number(), content: z.string() });
const pong = z.object({ type: z.literal('pong') });

async function answersPing({ socket }: SmokeSocket): Promise<void> {
  socket.send({ type: 'ping' });
  await socket.find('the answer to a ping', pong, { type: 'pong' });
}

/** Opens both sockets, and lets a message pass from one to the other. */
export async function checkSockets(backend: Backend, results: Results, chat: Chat): Promise<void> {
  const check = (name: string, run: () => Promise<undefined>) => results.check('sockets', name, run);
  const ticketOf = async (body: object) => {
    const request = { method: 'POST', path: '/auth/ticket', token: chat.anna, body };
    return (await backend.call<{ ticket: string }>(request)).ticket;
  };

  const open: SmokeSocket[] = [];
  const connect = async (what: string, url: string) => {
    const opened = await backend.open(what, url);
    open.push(opened);
    return opened;
  };
  let room: SmokeSocket | undefined;
  let inbox: SmokeSocket | undefined;
  let ticket: string | undefined;

  await check('a chat’s socket opens and answers', async () => {
    room = await connect('a chat’s socket', backend.chatUrl(chat.id, `token=${chat.anna}&events=1`));
    await answersPing(room);
    return undefined;
  });
  await check('the inbox opens and answers', async () => {
    inbox = await connect('the inbox', backend.inboxUrl(`token=${chat.boris}&events=1`));
    await answersPing(inbox);
    return undefined;
  });
  await check('a ticket opens a socket', async () => {
    const taken = await ticketOf({ chatId: chat.id });
    await answersPing(await connect('a socket with a ticket', backend.chatUrl(chat.id, `ticket=${taken}`)));
    ticket = taken;
    return undefined;
  });
  await check('a message reaches the sender and the other’s inbox', async () => {
    if (!room || !inbox) throw new NotChecked('a socket did not open');
    const clientId = randomUUID();
    room.socket.send({ type: 'message', content: 'Hello', clientId });
    const [own, other] = await Promise.all([
      room.socket.find('the message on the chat’s socket', message, { clientId }),
      inbox.socket.find('the message in the inbox', message, { clientId, chatId: chat.id }),
    ]);
    same('the number of the message', other.seq, own.seq);
    return undefined;
  });

  const refuses = (name: string, status: number, url: () => string) =>
    check(`${status} for ${name}`, async () => {
      const came = await backend.refusedWith(`a handshake with ${name}`, url());
      if (came !== status) throw new Unmet('the handshake', `the status ${status}`, `the status ${came}`);
      return undefined;
    });
  await refuses('an invalid token', 401, () => backend.chatUrl(chat.id, 'token=invalid'));
  await refuses('an invalid token at the inbox', 401, () => backend.inboxUrl('token=invalid'));
  await refuses('a ticket that was used', 401, () => {
    if (ticket === undefined) throw new NotChecked('no socket opened with a ticket');
    return backend.chatUrl(chat.id, `ticket=${ticket}`);
  });
  await refuses('a wrong parameter', 400, () => backend.chatUrl(chat.id, `token=${chat.anna}&events=far-too-long`));
  await refuses('somebody else’s chat', 403, () => backend.chatUrl(randomUUID(), `token=${chat.anna}`));
  await refuses('a path without a socket', 404, () => {
    if (backend.isDirect) throw new NotChecked('only the edge knows paths');
    return `${backend.wsUrl}/ws/nothing?token=${chat.anna}`;
  });
  for (const { socket } of open) socket.close();
}
