import type { Connection } from '#shared/data/connections/connections.ts';
import { broadcast } from '#shared/delivery/broadcast.ts';
import { roomOf } from './fan-out.ts';
import { printRow, quantile } from './table.ts';

const kinds = ['slow', 'silent', 'throttled', 'gone'];
const rounds = 30;

/** Prints when frames are at the healthy peers of a room, with all of them healthy and with a tenth that isn't. */
export async function measureBadPeers(endpoint: string): Promise<void> {
  const healthy = roomOf(250);
  const mixed = withBadPeers(healthy);
  const post = async (room: Connection[]): Promise<number[]> => {
    await broadcast(room, { content: 'Who brings the tent?', sentAt: performance.timeOrigin + performance.now() });
    return (await fetch(endpoint)).json() as Promise<number[]>;
  };
  const delays: Record<'healthy' | 'mixed', number[]> = { healthy: [], mixed: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [name, room] of Object.entries({ healthy, mixed })) {
      // Both begin with as many open sockets: those of a silent peer are closed.
      await post(healthy);
      delays[name as keyof typeof delays].push(...(await post(room)));
    }
  }
  const figures = (all: number[]) => ({ p50: quantile(all, 0.5).toFixed(1), p99: quantile(all, 0.99).toFixed(1) });
  const ratio = (quantile(delays.mixed, 0.99) / quantile(delays.healthy, 0.99)).toFixed(2);
  printRow('all healthy', figures(delays.healthy));
  printRow('a tenth slow, silent, throttled or gone', { ...figures(delays.mixed), ratio });
}

function withBadPeers(room: Connection[]): Connection[] {
  return room.map((connection, n) => {
    const kind = n % 10 === 3 ? kinds[Math.floor(n / 10) % kinds.length] : '';
    return { ...connection, connectionId: `${kind}${connection.connectionId}` };
  });
}
