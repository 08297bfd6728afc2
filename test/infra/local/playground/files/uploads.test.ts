import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalFile } from '../../../../../infra/local/playground/client/files/local-file.ts';
import type { OutgoingFile } from '../../../../../infra/local/playground/client/files/outgoing-file.ts';
import type { Put } from '../../../../../infra/local/playground/client/files/put.ts';
import { Uploads } from '../../../../../infra/local/playground/client/files/uploads.ts';
import { Outbox } from '../../../../../infra/local/playground/client/realtime/outbox.ts';
import { Sender } from '../../../../../infra/local/playground/client/realtime/sender.ts';
import { times } from '../../../../../infra/local/playground/client/realtime/times.ts';
import { Api } from '../../../../../infra/local/playground/client/rest/api.ts';
import { ApiProblem, NoAnswer } from '../../../../../infra/local/playground/client/rest/api-problem.ts';
import { signedIn } from '../signed-in.ts';

/** Uploads with a server whose answers the test decides. */

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const fileOf = (name: string): OutgoingFile => ({
  name,
  mimeType: 'text/plain',
  size: 100,
  local: new LocalFile(new Blob(['x'.repeat(100)])),
});

interface Behaviour {
  announce?(name: string): Response | undefined;
  put?: Put;
}

function newUploads({ announce = () => undefined, put = async () => {} }: Behaviour) {
  const announced: string[] = [];
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    const { name } = JSON.parse(body);
    announced.push(name);
    const refused = announce(name);
    if (refused) return refused;
    const upload = { url: `http://bucket/${name}/${announced.length}`, headers: {}, expiresIn: 300 };
    return Response.json({ file: { id: `${name}-${announced.length}` }, upload });
  });
  const urls: string[] = [];
  const counting: Put = (target, ...rest) => {
    urls.push(target.url);
    return put(target, ...rest);
  };
  const api = new Api('http://backend', signedIn(), '', counting);
  const outbox = new Outbox();
  const posted: unknown[] = [];
  const sender: Sender = new Sender(outbox, {
    post: (frame) => posted.push(frame.fileIds ?? frame.content) > 0,
    onChange: () => uploads.follow(),
  });
  const uploads = new Uploads({
    api,
    outbox,
    onUploaded: (clientId) => sender.uploaded(clientId),
    onRefused: (clientId, refusal) => sender.uploadRefused(clientId, refusal),
    onChange: () => {},
  });
  const send = (content: string, ...files: OutgoingFile[]) => sender.add(content, {}, files);
  /** Lets everything happen that needs no more time than this. */
  const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  return { outbox, sender, uploads, send, posted, announced, urls, after };
}

test('a message goes out with the ids of its files, and those after it wait', async () => {
  const gate = Promise.withResolvers<void>();
  const { send, sender, posted, outbox, after } = newUploads({ put: () => gate.promise });
  send('Look', fileOf('one'), fileOf('two'));
  sender.add('Afterwards');
  await after(0);
  expect(posted).toEqual([]);
  expect(outbox.all).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
  gate.resolve();
  await after(0);
  expect(posted).toEqual([['one-1', 'two-2']]);
  sender.remove([outbox.all[0]?.clientId ?? '']);
  expect(posted.at(-1)).toBe('Afterwards');
});

test('an upload that broke off is repeated to the same URL, and to a new one when that has expired', async () => {
  let failures = 2;
  const put: Put = async () => {
    if (failures-- > 0) throw new NoAnswer('Broken off.');
  };
  const { send, announced, urls, after, posted } = newUploads({ put });
  send('', fileOf('one'));
  await after(times.repeat.first);
  expect(urls).toEqual(['http://bucket/one/1', 'http://bucket/one/1']);
  vi.setSystemTime(Date.now() + 301_000);
  await after(2 * times.repeat.first);
  expect(announced).toEqual(['one', 'one']);
  expect(urls.at(-1)).toBe('http://bucket/one/2');
  expect(posted).toEqual([['one-2']]);
});

test('it is repeated at once when the network is back', async () => {
  let isDown = true;
  const put: Put = async () => {
    if (isDown) throw new NoAnswer('Broken off.');
  };
  const { send, uploads, after, posted } = newUploads({ put });
  send('', fileOf('one'));
  await after(60_000);
  isDown = false;
  uploads.wake();
  await after(0);
  expect(posted).toEqual([['one-1']]);
});

test('a refused file fails its message and not the next one, and the answer says why', async () => {
  const announce = (name: string) =>
    name === 'large' ? Response.json({ code: 'file_too_large', title: 'Too large' }, { status: 422 }) : undefined;
  const { send, outbox, posted, after } = newUploads({ announce });
  send('', fileOf('large'));
  send('', fileOf('small'));
  await after(0);
  expect(outbox.all).toMatchObject([{ state: 'failed', refusal: { code: 'file_too_large' } }, {}]);
  expect(posted).toEqual([['small-2']]);
});

test('a refusal without a reason is repeated four times, each with a new URL', async () => {
  const put: Put = async () => {
    throw new ApiProblem(403, {});
  };
  const { send, outbox, urls, after } = newUploads({ put });
  send('', fileOf('one'));
  await after(60_000);
  expect(urls).toEqual([1, 2, 3, 4, 5].map((n) => `http://bucket/one/${n}`));
  expect(outbox.all).toMatchObject([{ state: 'failed', refusal: { code: 'file_refused' } }]);
});

test('a file that the server does not find when the message arrives is uploaded again', async () => {
  const { send, sender, outbox, posted, after } = newUploads({});
  send('', fileOf('one'));
  await after(0);
  const { clientId = '' } = outbox.all[0] ?? {};
  sender.refused(clientId, { code: 'file_refused' });
  expect(outbox.all).toMatchObject([{ state: 'failed' }]);
  sender.retry(clientId);
  await after(0);
  expect(posted).toEqual([['one-1'], ['one-2']]);
});

test('a message that the user gives up ends its upload, frees its memory and lets the next one go', async () => {
  const put: Put = (_target, _blob, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  const { send, sender, outbox, posted, after } = newUploads({ put });
  const revoked = vi.spyOn(URL, 'revokeObjectURL');
  const file = fileOf('one');
  send('', file);
  sender.add('Afterwards');
  await after(0);
  sender.remove([outbox.all[0]?.clientId ?? '']);
  await after(60_000);
  expect(file.local?.signal.aborted).toBe(true);
  expect(revoked).toHaveBeenCalledWith(file.local?.url);
  expect(new Set(posted)).toEqual(new Set(['Afterwards']));
});

test('a message whose files are gone fails at once', () => {
  const { sender, outbox } = newUploads({});
  sender.add('Look', {}, [{ name: 'one', mimeType: 'text/plain', size: 100 }]);
  expect(outbox.all).toMatchObject([{ state: 'failed', refusal: { code: 'files_lost' } }]);
});
