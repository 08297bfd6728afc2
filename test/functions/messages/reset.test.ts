import { expect, test } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { epoch } from '#shared/data/changes/epoch.ts';
import { listEntries, storeChange, supersededBy, takeRev } from '#shared/data/changes/log.ts';
import { setReaction } from '#shared/data/changes/reactions.ts';
import { getMessage, type StoredMessage } from '#shared/data/chats/messages.ts';
import { handler as syncHandler } from '../../../functions/websocket/sync.ts';
import { call } from '../../support/call.ts';
import { edit, remove, sent } from '../../support/changes.ts';
import { ClientReader } from '../../support/histories/client-reader.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, newGroup, newPerson } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { logged, stored } from '../../support/stored.ts';

const minuteMs = 60_000;

/** A client that follows the rules, which finds its cursor of no use, or its chat changed by somebody with too much time. */

async function scene() {
  const anna = await newPerson('Anna');
  const { id: chatId } = await newGroup(anna);
  const reader = new ClientReader();
  const socket = await connect(anna, chatId, { events: '1' });
  const page = async (
    query: Record<string, string> = {},
  ): Promise<{ messages: Message[]; rev: number; epoch: string }> =>
    (await call(listMessages, anna, { params: { chatId }, query })).body;
  /** One `sync`, and what it comes to. */
  const sync = async () => {
    const before = standIn.received(socket).length;
    await invokeSocket(syncHandler, 'sync', socket, { frame: { type: 'sync', ...reader.request } });
    const frames = standIn.received(socket).slice(before);
    let end: string | undefined;
    for (const frame of frames) {
      if (frame.type === 'synced') end = reader.answered(frame, frame.seq);
      else if (frame.type === 'changed') reader.change(frame.message);
      else reader.receive(frame);
    }
    return { end, changed: frames.filter(({ type }) => type === 'changed').length };
  };
  return { anna, chatId, reader, page, sync };
}

test('a client of a table before it was restored starts anew, and has then what the table has', async () => {
  const { anna, reader, chatId, page, sync } = await scene();
  const [kept, erased] = [await sent(anna, chatId, 'kept'), await sent(anna, chatId, 'erased')];
  reader.load({ ...(await page()), epoch: 'before' });
  await remove(anna, erased);
  await edit(anna, kept, 'edited');
  expect(await sync()).toEqual({ end: 'reset', changed: 0 });
  reader.forget();
  reader.load(await page());
  expect(reader.request).toMatchObject({ rev: 0, epoch });
  expect(await sync()).toMatchObject({ end: 'done' });
  expect(reader.messages).toEqual((await page()).messages);
});

test('a client far behind starts anew, and is right after one page', async () => {
  const { anna, chatId, reader, page, sync } = await scene();
  await sent(anna, chatId, 'first');
  reader.load(await page());
  for (let n = 0; n < 120; n++) await stored(anna, chatId);
  await logged(
    chatId,
    Array.from({ length: 1001 }, (_, n) => n + 1),
    minuteMs,
  );
  expect(await sync()).toEqual({ end: 'reset', changed: 0 });
  reader.forget();
  reader.load(await page());
  expect(await sync()).toEqual({ end: 'done', changed: 0 });
  expect(reader.messages).toEqual((await page()).messages);
});

test('somebody who adds and takes back a reaction for hours makes others read one message', async () => {
  const { anna, chatId, reader, page, sync } = await scene();
  const { seq } = await sent(anna, chatId, 'first');
  reader.load(await page());
  for (let n = 0; n < 300; n++) {
    const message = (await getMessage(chatId, seq)) as StoredMessage;
    const rev = (await takeRev(chatId)) as number;
    const change = { rev, seq, kind: 'react' as const, by: anna.id, at: new Date().toISOString() };
    await storeChange(chatId, change, supersededBy(message));
    await setReaction(message, rev, { userId: anna.id, emoji: '👍', isAdded: n % 2 === 0 });
  }
  expect((await listEntries(chatId, { limit: 1000 })).length).toBeLessThanOrEqual(2);
  expect(await sync()).toEqual({ end: 'done', changed: 1 });
  expect(reader.messages).toEqual((await page()).messages);
});
