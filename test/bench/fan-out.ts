import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import type { Connection } from '#shared/data/connections/connections.ts';
import { broadcast } from '#shared/delivery/broadcast.ts';
import { median, printRow } from './table.ts';

const frame = {
  id: 'c0ffee00-0000-4000-8000-000000000000-42',
  chatId: 'c0ffee00-0000-4000-8000-000000000000',
  userId: 'c0ffee00-0000-4000-8000-000000000001',
  userName: 'Anna',
  content: 'Who brings the tent?',
  type: 'text',
  createdAt: '2026-01-01T12:00:00.000Z',
  seq: 42,
};
const page = 1000;
const rounds = 7;

export const roomOf = (size: number): Connection[] =>
  Array.from({ length: size }, (_, n) => ({
    connectionId: `L0SM9cOF${n}=`,
    chatId: frame.chatId,
    shard: 0,
    userId: 'u',
    connectedAt: 0,
  }));

/** Prints deliveries a second and CPU time a post, and the SDK's own client beside ours, taking turns. */
export async function measureFanOut(endpoint: string): Promise<void> {
  const client = new ApiGatewayManagementApiClient({ endpoint });
  const bySdk = async (connections: Connection[]) => {
    const queue = connections.values();
    const worker = async () => {
      for (const { connectionId } of queue)
        await client.send(
          new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(JSON.stringify(frame)) }),
        );
    };
    await Promise.all(Array.from({ length: 250 }, worker));
  };
  const inPages = async (connections: Connection[]) => {
    for (let n = 0; n < connections.length; n += page)
      await broadcast(connections.slice(n, n + page), frame, { timeoutMs: 20_000 });
  };
  // Until the compiler is done with both, the first row would be about it.
  const warmUp = roomOf(5000);
  await inPages(warmUp);
  await bySdk(warmUp);
  for (const size of [100, 1000, 10_000]) {
    const room = roomOf(size);
    const times = size < 1000 ? 10 : 1;
    const all = { ours: [] as Figures[], theirs: [] as Figures[] };
    await inPages(room);
    await bySdk(room);
    for (let round = 0; round < (size > 1000 ? 3 : rounds); round++) {
      all.ours.push(await measure(() => inPages(room), size, times));
      all.theirs.push(await measure(() => bySdk(room), size, times));
    }
    const [ours, theirs] = [middle(all.ours), middle(all.theirs)];
    const name = `${size.toLocaleString('en')} connections`;
    printRow(name, { ...shown(ours), ratio: (theirs.cpu / ours.cpu).toFixed(1) });
    printRow(`${name}, the SDK's default client`, shown(theirs));
  }
}

interface Figures {
  /** Deliveries a second. */
  rate: number;
  /** Milliseconds a post. */
  cpu: number;
}

async function measure(action: () => Promise<void>, size: number, times: number): Promise<Figures> {
  const [before, startedAt] = [process.cpuUsage(), performance.now()];
  for (let n = 0; n < times; n++) await action();
  const { user, system } = process.cpuUsage(before);
  const posts = size * times;
  return { rate: (posts * 1000) / (performance.now() - startedAt), cpu: (user + system) / 1000 / posts };
}

const middle = (figures: Figures[]): Figures => ({
  rate: median(figures.map(({ rate }) => rate)),
  cpu: median(figures.map(({ cpu }) => cpu)),
});

const shown = ({ rate, cpu }: Figures) => ({ rate: rate.toFixed(0), cpu: cpu.toFixed(3) });
