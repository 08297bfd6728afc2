import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeGroup, type Person, registerPeople } from '../bench/people.ts';
import { startServer } from '../bench/processes.ts';
import { type Json, request } from '../support/api-client.ts';

test('every acknowledged message survives when the runner is killed during many sends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  const first = await startServer('serve-local.ts', [folder]);
  const people = await registerPeople(first.url, 6);
  const chatId = await makeGroup(first.url, people);
  const path = `/chats/${chatId}/messages`;
  const acknowledged: string[] = [];
  const sendOn = async ({ token, id }: Person) => {
    for (let n = 0; ; n++) {
      const content = `${id} ${n}`;
      const answer = await request(first.url, 'POST', path, { token, body: { content, clientId: content } });
      if (answer.status === 200) acknowledged.push(content);
      if (acknowledged.length === 30) first.process.kill('SIGKILL');
    }
  };
  const died = once(first.process, 'exit');
  // Each sends until there is nobody to send to.
  const ends = await Promise.allSettled(people.map(sendOn));
  expect(ends.map(({ status }) => status)).toEqual(people.map(() => 'rejected'));
  expect((await died)[1]).toBe('SIGKILL');

  const second = await startServer('serve-local.ts', [folder]);
  const { token } = people[0] as Person;
  const { body } = await request(second.url, 'GET', `${path}?after=0`, { token });
  const contents: string[] = body.messages.map(({ content }: Json) => content);
  expect(contents).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(contents).size).toBe(contents.length);
  await second.stop();
  rmSync(folder, { recursive: true });
}, 120_000);
