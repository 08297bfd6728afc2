import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../infra/local/aws/cloudformation/synth.ts';
import { startDatabase } from '../../infra/local/aws/dynamodb/dynamodb-local.ts';
import { createTables } from '../../infra/local/aws/dynamodb/tables.ts';
import { aws } from '../support/stand-ins/aws.ts';
import { addTokenKey } from '../support/token-key.ts';
import { startServer } from './processes.ts';

interface Surroundings {
  peersUrl: string;
  chatTable: string;
  connectionsTable: string;
  end: () => Promise<void>;
}

/** What Lambda and the template would set, so that functions can be imported and run in this process. */
export async function surround(): Promise<Surroundings> {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  const [database, template, peers] = await Promise.all([
    startDatabase(undefined),
    synthesize(outdir),
    startServer('peers.ts'),
  ]);
  await createTables(database.endpoint, template);
  const table = (part: string) => template.tables().find(({ name }) => name.includes(part))?.name ?? '';
  const at = { secret: 'token-key', dynamodb: database.endpoint, tables: [table('Control')] };
  await addTokenKey(aws.secrets, at);
  Object.assign(process.env, {
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    CHAT_TABLE: table('Chat'),
    CONNECTIONS_TABLE: table('Connections'),
    CONTROL_TABLE: table('Control'),
    CONNECTIONS_URL: `${peers.url}/live`,
    DELIVER_FUNCTION: 'deliver',
    PARALLEL_PAGES: '4',
    METRICS_NAMESPACE: 'chat-bench',
    STAGE_LANGUAGE: 'en',
    AWS_ENDPOINT_URL: aws.url,
    TOKEN_KEY: at.secret,
    CODE_KEY: 'a code key',
    EDGE_KEY: 'an edge key',
  });
  // The functions' own log lines.
  process.stdout.write = quiet(process.stdout.write.bind(process.stdout));
  return {
    peersUrl: `${peers.url}/live`,
    chatTable: table('Chat'),
    connectionsTable: table('Connections'),
    end: async () => {
      await peers.stop();
      await database.stop();
      rmSync(outdir, { recursive: true });
    },
  };
}

function quiet(write: typeof process.stdout.write): typeof process.stdout.write {
  return ((chunk: string | Uint8Array, ...more: never[]) =>
    String(chunk).startsWith('{"') || write(chunk, ...more)) as typeof process.stdout.write;
}
