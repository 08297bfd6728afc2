import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { picture } from '../../../infra/specs/tour.ts';
import { Unmet } from '../../conformance/client/unmet.ts';
import { type Backend, codeOf, unexpected } from '../client/backend.ts';
import { NotChecked, type Results } from '../run/results.ts';
import type { Chat } from './chat.ts';
import { preflightOf, requireOrigin } from './cors.ts';

interface Announced {
  file: { id: string };
  upload: { url: string; headers: Record<string, string> };
}

/** What the tour uploads too. */
export const pictureFile = join(import.meta.dirname, '../../../docs/bruno', picture.file);
const notConfigured = 'the stage has no files (files_not_configured)';

/** A file goes into the bucket and comes back through the edge. */
export async function checkFiles(backend: Backend, results: Results, chat: Chat, waitMs: number): Promise<void> {
  const bytes = readFileSync(pictureFile);
  const inTime = () => ({ signal: AbortSignal.timeout(waitMs) });
  let announced: Announced | undefined;
  let url: string | undefined;
  let why = 'the file was not announced';

  await results.check('files', 'a file is announced', async () => {
    const body = { name: picture.file, mimeType: picture.mimeType, size: bytes.length, purpose: 'message' };
    const answer = await backend.send({ method: 'POST', path: '/files', token: chat.anna, body });
    if (codeOf(answer) === 'files_not_configured') {
      why = notConfigured;
      throw new NotChecked(why);
    }
    if (answer.status !== 200) throw unexpected('POST /files', '200', answer);
    announced = answer.body as Announced;
    return undefined;
  });
  const uploadOf = () => {
    if (!announced) throw new NotChecked(why);
    return announced.upload;
  };
  await results.check('files', 'the bucket allows uploads from another origin', async () => {
    const headers = preflightOf('PUT', Object.keys(uploadOf().headers));
    const response = await fetch(uploadOf().url, { method: 'OPTIONS', headers, ...inTime() });
    if (!response.ok) throw new Unmet('the preflight', '200', String(response.status));
    requireOrigin(Object.fromEntries(response.headers));
    return undefined;
  });
  await results.check('files', 'a file is uploaded and attached', async () => {
    const { url: target, headers } = uploadOf();
    const response = await fetch(target, { method: 'PUT', headers, body: bytes, ...inTime() });
    if (!response.ok) throw new Unmet('the upload', '200', `${response.status} ${await response.text()}`.slice(0, 300));
    const body = { fileIds: [announced?.file.id] };
    const path = `/chats/${chat.id}/messages`;
    const { message } = await backend.call<{ message: { attachments?: { url?: string }[] } }>({
      ...{ method: 'POST', path, token: chat.anna, body },
    });
    url = message.attachments?.[0]?.url;
    if (url === undefined) throw new Unmet('the message', 'an attachment with a URL', message);
    return undefined;
  });
  const download = async (from: string) =>
    fetch(from, { headers: { origin: 'https://smoke-test.example' }, ...inTime() });
  const urlOf = () => {
    if (url === undefined) throw new NotChecked(announced ? 'nothing was uploaded' : why);
    return url;
  };
  await results.check('files', 'the file comes back unchanged', async () => {
    const response = await download(urlOf());
    if (response.status !== 200) throw new Unmet('the download', '200', String(response.status));
    const came = Buffer.from(await response.arrayBuffer());
    if (!came.equals(bytes)) throw new Unmet('the file', `the same ${bytes.length} bytes`, `${came.length} others`);
    requireOrigin(Object.fromEntries(response.headers));
    return undefined;
  });
  await results.check('files', 'a URL without its signature is refused', async () => {
    const { status } = await download(urlOf().replace(/\?.*/, ''));
    if (status !== 403) throw new Unmet('a URL without its query', '403', String(status));
    return undefined;
  });
}
