import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { getSentMarker } from '#shared/data/chats/messages.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { call } from '../../support/call.ts';
import { edit, react, remove, type Sent } from '../../support/changes.ts';
import { invoke } from '../../support/invoke.ts';
import { connect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

const clientId = 'once';

async function scene(content = 'helo') {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: chatId } = await newGroup(anna, boris);
  const send = (draft: object) => call(sendMessage, anna, { params: { chatId }, body: { clientId, ...draft } });
  const { body } = await send({ content });
  return { anna, boris, chatId, send, message: body.message as Sent };
}

/** Makes the marker one of an earlier version. */
const forgetHash = (anna: Person, chatId: string) =>
  db.send(
    new UpdateCommand({
      TableName: process.env.CHAT_TABLE,
      Key: keys.sent(chatId, anna.id, clientId),
      UpdateExpression: 'REMOVE draftHash',
    }),
  );

const reused = { status: 409, body: { code: 'client_id_reused' } };

describe('a message that is sent again', () => {
  test('after an edit is delivered as it is now', async () => {
    const { anna, boris, chatId, send, message } = await scene();
    const { body: edited } = await edit(anna, message, 'hello');
    const live = await connect(boris, chatId, { events: '1' });
    expect(await send({ content: 'helo' })).toMatchObject({ status: 200, body: edited });
    expect(standIn.received(live)).toEqual([edited.message]);
    // That is what it became, not what was sent.
    expect(await send({ content: 'hello' })).toMatchObject(reused);
  });

  test('after its deletion is a tombstone, and its text goes to nobody', async () => {
    const { anna, boris, chatId, send, message } = await scene('the secret');
    const { body: deleted } = await remove(anna, message);
    const sockets = await Promise.all([connect(boris, chatId, { events: '1' }), connect(boris, chatId)]);
    expect(await send({ content: 'the secret' })).toMatchObject({ status: 200, body: deleted });
    expect(sockets.map((socket) => standIn.received(socket))).toEqual([[deleted.message], []]);
    expect(await send({ content: deleted.message.content })).toMatchObject(reused);
  });

  test('while it is edited and deleted is never shown older than an answer that came before', async () => {
    const { anna, send, message } = await scene('the secret');
    const again = async () => (await send({ content: 'the secret' })).body.message;
    const before = Array.from({ length: 3 }, again);
    const [edited] = await Promise.all([edit(anna, message, 'another'), again()]);
    const versions = [(await again()).version];
    await Promise.all([remove(anna, message), again()]);
    versions.push((await again()).version);
    for (const { content, version = 0 } of await Promise.all(before)) {
      expect(content).toBe(version === 0 ? 'the secret' : edited.body.message.content);
    }
    expect(versions).toEqual([1, 2]);
  });

  test.each([
    ['another reply', (id: string) => ({ replyToId: id })],
    ['other mentions', () => ({ mentions: ['somebody'] })],
    ['everyone mentioned', () => ({ everyone: true })],
  ])('is refused with %s', async (_what, more) => {
    const { chatId, send } = await scene();
    expect(await send({ content: 'helo', ...more(`${chatId}-1`) })).toMatchObject(reused);
  });

  test('is the same whatever the order of its mentions, and if it says that it mentions nobody', async () => {
    const { boris, send, message } = await scene();
    expect((await send({ content: 'helo', mentions: [], everyone: false })).body).toEqual({ message });
    const other = { content: 'x', clientId: 'other' };
    const first = await send({ ...other, mentions: [boris.id, 'nobody'] });
    expect((await send({ ...other, mentions: ['nobody', boris.id, boris.id] })).body).toEqual(first.body);
  });

  test('is accepted without comparison after the operator replaced the key', async () => {
    const { anna, chatId, message } = await scene();
    vi.stubEnv('CODE_KEY', 'another code key');
    vi.resetModules();
    const { handler } = await import('../../../functions/chats/send-message.ts');
    const send = (draft: object) =>
      invoke(handler, sendMessage, { token: anna.token, params: { chatId }, body: draft });
    expect((await send({ content: 'helo', clientId })).body).toEqual({ message });
    expect((await send({ content: 'other', clientId })).body).toEqual({ message });
    await send({ content: 'new', clientId: 'new' });
    expect(await send({ content: 'newer', clientId: 'new' })).toMatchObject(reused);
  });
});

describe('a message that an earlier version stored, without a hash,', () => {
  test('is compared with what is sent again until it changes', async () => {
    const { anna, boris, chatId, send, message } = await scene();
    await forgetHash(anna, chatId);
    expect((await send({ content: 'helo' })).body).toEqual({ message });
    expect(await send({ content: 'hello' })).toMatchObject(reused);
    await react(boris, message, '👍');
    expect((await send({ content: 'anything' })).body.message).toMatchObject({ id: message.id, content: 'helo' });
    await remove(anna, message);
    expect((await send({ content: 'anything' })).body.message).toMatchObject({ id: message.id, deletedBy: anna.id });
  });
});

test('the hash of a draft is not found again in another message, and shows no text', async () => {
  const { anna, chatId, send } = await scene('yes');
  await send({ content: 'yes', clientId: 'second' });
  const markers = await Promise.all([clientId, 'second'].map((id) => getSentMarker(chatId, anna.id, id)));
  const [first, second] = markers.map((marker) => marker?.draftHash ?? '');
  expect(first).toMatch(/^[\w-]{8}\.[\w-]{43}$/);
  expect(second?.slice(0, 9)).toBe(first?.slice(0, 9));
  expect(second).not.toBe(first);
});
