import { beforeEach, expect, test, vi } from 'vitest';
import type { Quote } from '#shared/contract/chats/message.ts';
import { LocalFile } from '../../../../../infra/local/playground/client/files/local-file.ts';
import { Sender } from '../../../../../infra/local/playground/client/realtime/sender.ts';
import { SavedUnsent } from '../../../../../infra/local/playground/state/saved-unsent.ts';
import { Unsent } from '../../../../../infra/local/playground/state/unsent.ts';
import { stubStorage } from './browser-storage.ts';

const quote: Quote = {
  messageId: 'm1',
  seq: 7,
  version: 2,
  userId: 'boris',
  userName: 'Boris',
  content: 'Shall we go?',
  type: 'text',
};

let storage: Record<string, string>;

beforeEach(() => {
  storage = stubStorage();
  return () => vi.unstubAllGlobals();
});

const saved = () => new SavedUnsent('anna', 'a tab');
const newUnsent = () => new Unsent('lake', saved());

test('a draft keeps its reply and whom it mentions over a reload', () => {
  const before = newUnsent();
  before.text = '@Boris, yes';
  before.replyTo = quote;
  before.mention({ id: 'boris', name: 'Boris' });
  const after = newUnsent();
  expect(after.replyTo).toEqual(quote);
  expect(after.text).toBe('@Boris, yes');
  expect(after.takeAddress()).toEqual({ replyTo: quote, mentions: ['boris'] });
  expect(storage).toEqual({});
});

test('a message on its way keeps them too', () => {
  const unsent = newUnsent();
  const addressed = { replyTo: quote, mentions: ['boris'], everyone: true } as const;
  unsent.outbox.add('Yes', { ...addressed, mentions: [...addressed.mentions] });
  expect(saved().messages()).toMatchObject([{ chatId: 'lake', message: { content: 'Yes', ...addressed } }]);
});

test('of the files of a message, what was uploaded outlives the page', () => {
  const { outbox } = newUnsent();
  const file = { name: 'list.txt', mimeType: 'text/plain', size: 100 } as const;
  outbox.add('Look', {}, [{ ...file, local: new LocalFile(new Blob([])), loaded: 50 }]);
  const [message] = outbox.all;
  expect(saved().messages()[0]?.message.files).toEqual([{ ...file, fileId: undefined }]);
  Object.assign(message?.files?.[0] ?? {}, { fileId: 'f1' });
  outbox.uploaded(message?.clientId ?? '');
  expect(saved().messages()[0]?.message.files).toEqual([{ ...file, fileId: 'f1' }]);
});

test.each([{}, { name: 'a', mimeType: 'text/html', size: 1 }, { name: 1, mimeType: 'text/plain', size: 1 }, null])(
  'a saved file that cannot be read is left out: %j',
  (file) => {
    const { outbox } = newUnsent();
    outbox.add('Look');
    const [key = ''] = Object.keys(storage);
    storage[key] = JSON.stringify({ ...JSON.parse(storage[key] ?? ''), files: [file] });
    expect(saved().messages()).toMatchObject([{ message: { content: 'Look', files: [] } }]);
  },
);

test('the server gets the id of the message that is replied to, and not the quote', () => {
  const { outbox } = newUnsent();
  outbox.add('Yes', { replyTo: quote, mentions: ['boris'], everyone: true });
  const posted: object[] = [];
  const sender = new Sender(outbox, { post: (frame) => posted.push(frame) > 0, onChange: () => {} });
  sender.transmit();
  sender.stop();
  const { clientId } = outbox.all[0] ?? {};
  expect(posted).toEqual([
    { type: 'message', content: 'Yes', clientId, replyToId: 'm1', mentions: ['boris'], everyone: true },
  ]);
});

test('whoever was chosen for a text that is gone is not mentioned by the next one; the reply stays', () => {
  const unsent = newUnsent();
  unsent.replyTo = quote;
  unsent.mention({ id: 'boris', name: 'Boris' });
  unsent.text = '';
  unsent.text = '@Boris';
  expect(unsent.takeAddress()).toEqual({ replyTo: quote });
});

test.each([
  '',
  'null',
  '[]',
  '{"replyTo":1,"chosen":2}',
  '{"replyTo":{"messageId":"m1"},"chosen":[null,{"id":1}]}',
  JSON.stringify({ replyTo: { ...quote, type: 'video' } }),
])('a draft of which the rest cannot be read is only a text: %s', (json) => {
  storage['unsent/anna/draft/lake'] = 'Hello';
  storage['unsent/anna/address/lake'] = json;
  const unsent = newUnsent();
  expect(unsent.text).toBe('Hello');
  expect(unsent.takeAddress()).toEqual({ replyTo: undefined });
});

test('a message of an earlier version of the page is read', () => {
  const message = { content: 'Hello', writtenAt: 1, sendUntil: 2 };
  storage['unsent/anna/message/x1'] = JSON.stringify({ chatId: 'lake', ...message, state: 'sending' });
  storage['unsent/anna/message/x2'] = JSON.stringify({ chatId: 'lake', ...message, refusal: { code: 'blocked' } });
  expect(saved().messages()).toMatchObject([
    { message: { ...message, clientId: 'x1', state: 'waiting' } },
    { message: { clientId: 'x2', state: 'failed', refusal: { code: 'blocked' } } },
  ]);
});
