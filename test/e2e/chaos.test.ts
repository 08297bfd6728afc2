import { EventEmitter, once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import type { Message } from '#shared/contract/chats/message.ts';
import { faultKinds, RandomChaos } from '../../infra/local/aws/chaos.ts';
import { LocalFile } from '../../infra/local/playground/client/files/local-file.ts';
import type { OutgoingFile } from '../../infra/local/playground/client/files/outgoing-file.ts';
import type { Put } from '../../infra/local/playground/client/files/put.ts';
import { times } from '../../infra/local/playground/client/realtime/times.ts';
import { ApiProblem, NoAnswer } from '../../infra/local/playground/client/rest/api-problem.ts';
import { chatOfTwo, useChats } from '../support/chats.ts';

/** The web client's own client, without its page, against a runner with `--chaos=12`: with this seed each fault strikes early. */

const faults = new EventEmitter();
const chaos = new RandomChaos(12, () => faults.emit('strike'));
const chats = useChats(chaos);
afterEach(() => chaos.end());

const contentsOf = (messages: readonly Message[]) => messages.map(({ content }) => content);

const jpeg = Buffer.from('\xff\xd8\xff\xe0 a picture', 'latin1');

const picture = (): OutgoingFile => ({
  name: 'sea.jpg',
  mimeType: 'image/jpeg',
  size: jpeg.length,
  local: new LocalFile(new Blob([jpeg])),
});

/** As the page does it, which has no `fetch` for this. */
const put: Put = async ({ url, headers }, body, signal) => {
  const { status } = await fetch(url, { method: 'PUT', headers, body, signal }).catch(() => {
    throw new NoAnswer('The upload broke off.');
  });
  if (status >= 300 && status !== 412) throw new ApiProblem(status, {});
};

test('a hundred messages meet every fault, and each arrives once and in order', async () => {
  // A runner's failures are part of this test.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  Object.assign(times, { answer: 5000 });
  const { anna, boris, chatId } = await chatOfTwo();
  const names = ['Anna', 'Boris'] as const;
  const opened = [chats.open(anna, chatId), chats.open(boris, chatId)] as const;
  for (const chat of opened) {
    Object.assign(chat.api, { put });
    await chat.untilIn('live');
  }
  chaos.begin();
  const sent = names.map((name) => Array.from({ length: 50 }, (_, n) => `${name} ${n}`));
  for (const [who, { realtime }] of opened.entries())
    for (const [n, content] of (sent[who] ?? []).entries())
      realtime.send(content, undefined, n % 5 === 0 ? [picture()] : undefined);
  // What the page does besides: it marks messages as read, and polls the list of chats.
  const page = async ({ api, realtime, until }: (typeof opened)[number]) => {
    for (let read = 0; realtime.outbox.all.length > 0; ) {
      await until(() => realtime.reader.cursor > read || realtime.outbox.all.length === 0);
      read = realtime.reader.cursor;
      await Promise.allSettled([api.markRead(chatId, read), read % 5 === 0 && api.listChats()]);
    }
  };
  await Promise.all(opened.map(page));
  // Pushes are handled after the messages have arrived, and one in twenty a second time: with this seed the 56th.
  while (!chaos.counts.has('queueRepeats')) await once(faults, 'strike');
  chaos.end();
  for (const { realtime, until } of opened) await until(() => realtime.reader.messages.length >= 101);

  const [annas, boriss] = opened.map(({ realtime }) => realtime.reader.messages);
  expect(annas).toEqual(boriss);
  const contents = contentsOf(annas ?? []);
  expect(new Set(contents).size).toBe(101);
  for (const [who, name] of names.entries())
    expect(contents.filter((content) => content.startsWith(`${name} `) && /\d$/.test(content))).toEqual(sent[who]);
  const files = (annas ?? []).flatMap(({ attachments = [] }) => attachments);
  expect(files).toHaveLength(20);
  for (const { url } of files) expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(jpeg);
  expect([...chaos.counts.keys()].sort()).toEqual(Object.keys(faultKinds).sort());
}, 180_000);
