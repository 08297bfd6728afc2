import { handlerOf } from '../support/call.ts';
import { invokeSocket } from '../support/invoke.ts';
import { connect, newGroup, newPerson } from '../support/people.ts';
import { fillRoom } from '../support/rooms.ts';
import { scanHandler } from './reference/scan-sample.ts';
import { SocketIoClient } from './reference/socket-io-client.ts';
import { median, printRow } from './table.ts';

const room = 250;
const others = 9;
const rounds = 20;

/** Prints how long a message takes to all 250: here, with a scan for each message, and at the specification's sample. */
export async function compareRooms(at: { peersUrl: string; connectionsTable: string; specUrl: string }): Promise<void> {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  await fillRoom(chatId, room - 1);
  for (let n = 0; n < others; n++) await fillRoom(`other-${n}`, room);
  const send = await handlerOf('websocket/message');
  const socket = await connect(anna, chatId);
  const ours = async () => {
    await invokeSocket(send, 'message', socket, { frame: { type: 'message', content: 'Hello there' } });
    // A participant may send ten in two seconds.
    await new Promise((resolve) => setTimeout(resolve, 250));
  };
  const scan = scanHandler(at.connectionsTable, at.peersUrl);
  const clients = Array.from({ length: room }, (_, user) => new SocketIoClient(at.specUrl, 0, user));
  await Promise.all(clients.map((client) => client.connect()));
  let n = 0;
  const sample = async () => {
    const content = `Hello ${n++}`;
    await clients[0]?.send(content);
    while (!clients.every((client) => client.received().at(-1) === content))
      await new Promise((resolve) => setImmediate(resolve));
  };
  const contenders: [string, number, () => Promise<void>][] = [
    ['this backend: stored, numbered, one query', 250, ours],
    ["AWS's sample: not stored, a scan, to all 2,500", 0, () => scan('{"content":"Hello there"}')],
    ["the specification's sample: not stored, socket.io", 0, sample],
  ];
  for (const [name, pause, run] of contenders) {
    await run();
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const startedAt = performance.now();
      await run();
      times.push(performance.now() - startedAt - pause);
    }
    const p50 = median(times);
    printRow(name, { p50: p50.toFixed(1), rate: ((room * 1000) / p50).toFixed(0) });
  }
  for (const client of clients) client.close();
}
