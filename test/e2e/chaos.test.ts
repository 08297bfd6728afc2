import { afterEach, expect, test, vi } from 'vitest';
import type { Message } from '#shared/contract/chats/message.ts';
import { faultKinds, RandomChaos } from '../../infra/local/aws/chaos.ts';
import { times } from '../../infra/local/playground/client/realtime/times.ts';
import { chatOfTwo, useChats } from '../support/chats.ts';

/** The web client's own client, without its page, against a runner with `--chaos=12`: with this seed each fault strikes early. */

const chaos = new RandomChaos(12, () => {});
const chats = useChats(chaos);
afterEach(() => chaos.end());

const contentsOf = (messages: readonly Message[]) => messages.map(({ content }) => content);

test('a hundred messages meet every fault, and each arrives once and in order', async () => {
  // A runner's failures are part of this test.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  Object.assign(times, { answer: 5000 });
  const { anna, boris, chatId } = await chatOfTwo();
  const names = ['Anna', 'Boris'] as const;
  const opened = [chats.open(anna, chatId), chats.open(boris, chatId)] as const;
  for (const chat of opened) await chat.untilIn('live');
  chaos.begin();
  const sent = names.map((name) => Array.from({ length: 50 }, (_, n) => `${name} ${n}`));
  for (const [who, { realtime }] of opened.entries()) for (const content of sent[who] ?? []) realtime.send(content);
  // What the page does besides: it marks messages as read, and polls the list of chats.
  const page = async ({ api, realtime, until }: (typeof opened)[number]) => {
    for (let read = 0; realtime.outbox.all.length > 0; ) {
      await until(() => realtime.reader.cursor > read || realtime.outbox.all.length === 0);
      read = realtime.reader.cursor;
      await Promise.allSettled([api.markRead(chatId, read), read % 5 === 0 && api.listChats()]);
    }
  };
  await Promise.all(opened.map(page));
  chaos.end();
  for (const { realtime, until } of opened) await until(() => realtime.reader.messages.length >= 101);

  const [annas, boriss] = opened.map(({ realtime }) => realtime.reader.messages);
  expect(annas).toEqual(boriss);
  const contents = contentsOf(annas ?? []);
  expect(new Set(contents).size).toBe(101);
  for (const [who, name] of names.entries())
    expect(contents.filter((content) => content.startsWith(`${name} `) && /\d$/.test(content))).toEqual(sent[who]);
  expect([...chaos.counts.keys()].sort()).toEqual(Object.keys(faultKinds).sort());
}, 180_000);
