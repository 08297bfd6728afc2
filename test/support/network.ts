import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What is between a client and the server: it can be cut, and lose what the server says. */
export interface Network {
  url: string;
  /** Breaks all connections, and takes no new ones. */
  cut(): void;
  mend(): void;
  /** From now on nothing that the server says arrives, though the connections seem open; until it is cut. */
  loseAnswers(): void;
  close(): void;
}

export async function startNetwork(server: string): Promise<Network> {
  const { hostname, port } = new URL(server);
  const open = new Set<Socket>();
  let state: 'whole' | 'cut' | 'losing answers' = 'whole';
  const gate = createServer((client) => {
    if (state === 'cut') return void client.destroy();
    const upstream = connect(Number(port), hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (data) => state === 'whole' && client.write(data));
  });
  await once(gate.listen(0, '127.0.0.1'), 'listening');
  const cut = () => {
    state = 'cut';
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      state = 'whole';
    },
    loseAnswers: () => {
      state = 'losing answers';
    },
    close: () => {
      cut();
      gate.close();
    },
  };
}
