import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What is between a client and the server: it can be cut, and lose what the server says. */
export interface Network {
  url: string;
  /** Breaks all connections, and takes no new ones. */
  cut(): void;
  restore(): void;
  /** From now on nothing that the server says arrives, though the connections seem open; until it is cut. */
  loseAnswers(): void;
  /** Says something on every open WebSocket in the server's place, as API Gateway does; while the server says nothing itself. */
  say(frame: string): void;
  /** Breaks all connections, and answers every request itself from now on, as a firewall does. */
  refuse(status: number, body: string): void;
  close(): void;
}

export async function startNetwork(server: string): Promise<Network> {
  const { hostname, port } = new URL(server);
  const open = new Set<Socket>();
  const webSockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'losing answers' | { answer: string } = 'whole';
  const gate = createServer((client) => {
    if (state === 'cut') return void client.destroy();
    if (typeof state === 'object') return refuseOne(client, state.answer);
    const upstream = connect(Number(port), hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        webSockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (data: Buffer) => {
      // Not always the first answer: a client may take a connection that it has.
      if (data.subarray(0, 12).equals(switching)) webSockets.add(client);
      if (state === 'whole') client.write(data);
    });
  });
  await once(gate.listen(0, '127.0.0.1'), 'listening');
  const cut = () => {
    state = 'cut';
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
    cut,
    restore: () => {
      state = 'whole';
    },
    loseAnswers: () => {
      state = 'losing answers';
    },
    say: (frame) => {
      for (const socket of webSockets) socket.write(webSocketFrame(frame));
    },
    refuse: (status, body) => {
      cut();
      const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: text/html\r\nconnection: close`;
      state = { answer: `${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}` };
    },
    close: () => {
      cut();
      gate.close();
    },
  };
}

const switching = Buffer.from('HTTP/1.1 101');

/** Once the request is there: an answer to nothing would be a broken connection. */
function refuseOne(client: Socket, answer: string): void {
  client.on('error', () => {});
  client.once('data', () => client.end(answer));
}

/** A text frame as RFC 6455 has a server send it, in one piece and unmasked. */
function webSocketFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length > 125)
    return Buffer.concat([Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]), payload]);
  return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
}
