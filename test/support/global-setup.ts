import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '../../infra/local/aws/cloudformation/synth.ts';
import { startDatabase } from '../../infra/local/aws/dynamodb/dynamodb-local.ts';
import { createTables } from '../../infra/local/aws/dynamodb/tables.ts';
import { newServiceAccountKey } from './stand-ins/fcm-key.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the DynamoDB Local that all tests share. Each test creates its own users and chats. */
    dynamodb: string;
    chatTable: string;
    connectionsTable: string;
    controlTable: string;
    /** Id of the secret that holds the private key. */
    tokenKey: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'chat-test-'));
  // For the tests as well: CDK leaves a folder for each stack, and a killed runner leaves its own.
  process.env.TMPDIR = folder;
  // One for all files, because making it takes a tenth of a second.
  process.env.FCM_PRIVATE_KEY = newServiceAccountKey();
  const synthesis = synthesize(join(folder, 'template'));
  const database = await startDatabase(undefined);
  const template = await synthesis;
  await createTables(database.endpoint, template);
  const tableName = (part: string) => template.tables().find(({ name }) => name.includes(part))?.name ?? '';
  project.provide('dynamodb', database.endpoint);
  project.provide('chatTable', tableName('Chat'));
  project.provide('connectionsTable', tableName('Connections'));
  project.provide('controlTable', tableName('Control'));
  project.provide('tokenKey', template.rotations()[0]?.secretId ?? '');
  return async () => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
