import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { jarFolder } from '../../../../../infra/local/aws/dynamodb/dynamodb-local.ts';

/** DynamoDB Local accepts any credentials, so nothing but this machine's own programs may reach it. */

const { port } = new URL(inject('dynamodb'));
const folder = join(import.meta.dirname, '../../../../../infra/local/aws/dynamodb/loopback');

const addresses = Object.values(networkInterfaces())
  .flatMap((entries = []) => entries)
  .filter(({ internal, family }) => !internal && family === 'IPv4')
  .map(({ address }) => address);

/** The code of the error with which a connection fails; "connected" if it does not. */
async function connecting(host: string): Promise<string> {
  const socket = connect(Number(port), host);
  try {
    await once(socket, 'connect');
    return 'connected';
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  } finally {
    socket.destroy();
  }
}

// All of 127.0.0.0/8 is this machine, so another address of it shows what the server is bound to even without a network.
test.each([...addresses, '127.0.0.2'])('does not listen on %s', async (address) => {
  expect(await connecting('127.0.0.1')).toBe('connected');
  expect(await connecting(address)).toBe('ECONNREFUSED');
});

async function listTables(headers: Record<string, string>): Promise<number | undefined> {
  const signature =
    'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=x';
  const outgoing = request(inject('dynamodb'), {
    method: 'POST',
    headers: {
      authorization: signature,
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      'content-type': 'application/x-amz-json-1.0',
      ...headers,
    },
  });
  outgoing.end('{}');
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

test('refuses web pages, also those whose name was rebound to this machine', async () => {
  expect(await listTables({})).toBe(200);
  expect(await listTables({ origin: 'http://pages.example' })).toBe(403);
  expect(await listTables({ host: `pages.example:${port}` })).toBe(403);
});

/** Another compiler writes other bytes for the same source. */
const compiledBy17 = (() => {
  try {
    return execFileSync('javac', ['-version'], { encoding: 'utf8' }).startsWith('javac 17');
  } catch {
    return false;
  }
})();

test.runIf(compiledBy17)('the class is compiled from the source next to it', () => {
  const compiled = mkdtempSync(join(tmpdir(), 'loopback-'));
  const classPath = `${join(jarFolder(), 'DynamoDBLocal.jar')}:${join(jarFolder(), 'DynamoDBLocal_lib')}/*`;
  const options = ['--release', '17', '-g:none', '-cp', classPath, '-d', compiled];
  execFileSync('javac', [...options, join(folder, 'LoopbackDynamodb.java')]);
  const read = (from: string) => readFileSync(join(from, 'LoopbackDynamodb.class'));
  expect(read(compiled).equals(read(folder))).toBe(true);
  rmSync(compiled, { recursive: true });
});
