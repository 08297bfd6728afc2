import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Chaos } from '../../../../../infra/local/aws/chaos.ts';
import type { BucketConfig } from '../../../../../infra/local/aws/cloudformation/buckets.ts';
import { type Callers, LocalS3, s3Path } from '../../../../../infra/local/aws/s3/local-s3.ts';
import { ObjectStore } from '../../../../../infra/local/aws/s3/object-store.ts';

/** Whoever signs as "local" may do everything. */
const everybody: Callers = { secretOf: (id) => id, areTemporary: false, refusalOf: () => undefined };

const open: BucketConfig = { id: 'files', cors: [], forCloudFront: [], newOnly: [], expiring: [] };

interface Served {
  callers?: Callers;
  bucket?: Partial<BucketConfig>;
  /** The host of the issued URLs; by default where the server is. */
  host?: string;
  chaos?: Chaos;
}

/** S3 with one bucket until the test has finished. */
export async function serveS3({ callers = everybody, bucket = {}, host, chaos }: Served = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'chat-s3-test-'));
  const store = new ObjectStore(folder);
  const server = createServer((request, response) => void s3.handle(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const s3 = new LocalS3({ store, callers, host: host ?? own, chaos });
  s3.reload([{ ...open, ...bucket }]);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
  return { url: `http://${own}${s3Path}/files`, origin: `http://${own}`, store, s3, folder };
}

/** Status and S3's code of an error. */
export async function outcome(response: Response): Promise<[number, string | undefined]> {
  return [response.status, /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]];
}
