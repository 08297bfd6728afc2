import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { features } from '#shared/contract/switches.ts';
import { db } from '#shared/data/client.ts';
import { expireOtherKeys, listPublicKeys, publishKey } from '#shared/data/control/public-keys.ts';
import { getSwitchedOff } from '#shared/data/control/switches.ts';
import { keys } from '#shared/data/keys.ts';
import { settings } from '#shared/platform/settings.ts';
import { makePrivateKey, publicPart } from '#shared/tokens/signing-key.ts';
import { type Somebody, World } from '../e2e/world.ts';
import { shellBlocksOf, shellBlocksUnder } from '../support/shell-blocks.ts';

/** The runbooks of docs/operate.md that write to tables, pasted into a shell against a running backend. */

// Each command of the AWS CLI takes a second.
vi.setConfig({ testTimeout: 300_000 });

const blocksUnder = (heading: string) => shellBlocksUnder('docs/operate.md', heading);

const hasAwsCli = spawnSync('bash', ['-c', 'aws --version && jq --version']).status === 0;
if (!hasAwsCli) console.warn('SKIPPED: the runbooks of docs/operate.md, because the AWS CLI or jq is not installed.');

describe.skipIf(!hasAwsCli)('the runbook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runbooks-'));
  const ChatTable = inject('chatTable');
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(async () => {
    await world.runner.close();
    rmSync(folder, { recursive: true });
  });

  /** Pastes blocks into one shell, with an operator's values in place of those of the page. Returns what they print. */
  async function paste(blocks: string[], values: Record<string, string>): Promise<string> {
    const outputs = {
      ApiBaseUrl: world.runner.url,
      ChatTable,
      ConnectionsTable: inject('connectionsTable'),
      ControlTable: settings.controlTable(),
    };
    const cases = Object.entries(outputs).map(([name, value]) => `${name}) echo ${value};;`);
    const script = Object.entries(values).reduce((text, [from, to]) => text.replaceAll(from, to), blocks.join('\n'));
    const { stdout } = await promisify(execFile)(
      'bash',
      ['-c', `output() { case $1 in ${cases.join(' ')} esac; }\n${script}\ntrue`],
      {
        cwd: join(import.meta.dirname, '../..'),
        // Version 1 of the AWS CLI knows the region only by this name.
        env: { ...process.env, AWS_DEFAULT_REGION: process.env.AWS_REGION, TMPDIR: folder },
      },
    );
    return stdout;
  }

  const say = (somebody: Somebody, chatId: string, content: string) =>
    world.do(sendMessage, somebody, { params: { chatId }, body: { content } });
  const contents = async (somebody: Somebody, chatId: string) =>
    (await world.do(listMessages, somebody, { params: { chatId } })).messages.map(
      ({ content }: { content: string }) => content,
    );

  test('for switches switches off and on, lists what is off, and takes no other name', async () => {
    const [helpers = ''] = shellBlocksOf('docs/operate.md');
    const define = helpers.slice(helpers.indexOf('switch() {'));
    const run = (...commands: string[]) => paste([define, ...commands], {});
    for (const feature of features) await run(`switch off ${feature}`);
    expect(await getSwitchedOff()).toEqual(new Set(features));
    expect((await run('switch list')).trim().split('\t').sort()).toEqual([...features].sort());
    await run('switch off everything || true', 'switch service || true');
    for (const feature of features) await run(`switch on ${feature}`);
    expect(await getSwitchedOff()).toEqual(new Set());
  });

  test('for replacing the key that signs tokens waits for the rotation, then removes the old public keys', async () => {
    const [rotate = '', remove = ''] = blocksUnder('Rotate the keys now');
    const started = join(folder, 'rotation-started');
    // Of Secrets Manager only this is called. The rotation itself takes a while.
    const secretsManager = `resource() { echo secret; }; aws() { if [ "$1" = secretsmanager ]; then touch ${started}; else command aws "$@"; fi; }`;
    const pasted = paste([secretsManager, rotate, remove], {});
    await vi.waitFor(() => access(started), { timeout: 60_000, interval: 100 });
    const old = await listPublicKeys();
    const next = publicPart(await makePrivateKey());
    await publishKey(next);
    await expireOtherKeys(next.kid, Math.floor(Date.now() / 1000) + 600);
    for (const { kid } of old) expect(await pasted).toContain(`removed ${kid}`);
    expect(await listPublicKeys()).toEqual([next]);
    // For the tests after this one.
    for (const key of old) await publishKey(key);
  });

  const chatItem = async (TableName: string, chatId: string) =>
    (await db.send(new GetCommand({ TableName, Key: keys.chat(chatId) }))).Item;

  async function newTable(): Promise<string> {
    const TableName = randomUUID();
    await db.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    return TableName;
  }

  test('for a restore raises the numbers of chats to what phones have seen', async () => {
    const [, , , raise = ''] = blocksUnder('Restore');
    const anna = await world.register('Anna');
    const [busy, quiet] = [await world.newGroup(anna), await world.newGroup(anna)];
    const OLD = await newTable();
    const restored = await newTable();
    const copyTo = async (TableName: string, { id }: { id: string }) =>
      db.send(new PutCommand({ TableName, Item: { ...(await chatItem(ChatTable, id)) } }));
    const since = new Date(Date.now() - 60_000).toISOString();
    for (const chat of [busy, quiet]) await copyTo(restored, chat);
    for (const content of ['One', 'Two']) await say(anna, busy.id, content);
    for (const chat of [busy, quiet]) await copyTo(OLD, chat);
    const numbers = () => Promise.all([busy, quiet].map(async ({ id }) => (await chatItem(restored, id))?.seq));
    expect(await numbers()).toEqual([1, 1]);
    // A second time, because an operator may have been interrupted.
    for (const _ of [1, 2]) await paste([`OLD=${OLD} SINCE=${since}`, raise], { 'chat-restored': restored });
    expect(await numbers()).toEqual([3, 1]);
    for (const TableName of [OLD, restored]) await db.send(new DeleteTableCommand({ TableName }));
  });

  test('for a restore copies missing items back and changes no others', async () => {
    const [, copyBack = ''] = blocksUnder('Restore');
    const anna = await world.register('Anna');
    const { id: chatId } = await world.newGroup(anna);
    const restored = await newTable();
    const put = (TableName: string, seq: number, content: string) =>
      db.send(
        new PutCommand({
          TableName,
          Item: {
            ...keys.message(chatId, seq),
            chatId,
            seq,
            userId: anna.id,
            type: 'text',
            content,
            createdAt: '2026-01-01T00:00:00.000Z',
          },
        }),
      );
    for (const seq of [2, 3]) await put(restored, seq, `Restored ${seq}`);
    await put(ChatTable, 3, 'Still there');
    await paste([copyBack], { 'chat-restored': restored, '2f1c7c1e-7d1b-4c9e-9a55-0c1f4f1f7b8a': chatId });
    expect((await contents(anna, chatId)).slice(1)).toEqual(['Restored 2', 'Still there']);
    await db.send(new DeleteTableCommand({ TableName: restored }));
  });
});
