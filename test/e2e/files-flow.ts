import { expect, test } from 'vitest';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { createFile } from '#shared/contract/files/create-file.ts';
import { deletePicture } from '#shared/contract/groups/delete-picture.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { setPicture } from '#shared/contract/groups/set-picture.ts';
import { deleteMessage } from '#shared/contract/messages/delete-message.ts';
import { deleteAvatar } from '#shared/contract/users/delete-avatar.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { setAvatar } from '#shared/contract/users/set-avatar.ts';
import { ChatSocket, type Json } from '../support/api-client.ts';
import { announced, jpeg, pdf, put } from '../support/files.ts';
import { password, type Somebody, type World } from './world.ts';

const megabyte = 1_000_000;

/** Announces and uploads a file, and returns its id. */
export async function uploaded(world: World, somebody: Somebody, more: object = {}, content = jpeg()): Promise<string> {
  const body = announced({ size: content.length, ...more });
  const { file, upload, thumbnailUpload } = await world.do(createFile, somebody, { body });
  expect((await put(upload, content)).status).toBe(200);
  if (thumbnailUpload) expect((await put(thumbnailUpload, jpeg(50))).status).toBe(200);
  return file.id;
}

/** From the phone through the bucket to another phone: uploads, messages with files, the edge, and what is deleted. */
export function filesFlow(world: () => World): void {
  const send = async (somebody: Somebody, chatId: string, body: object): Promise<Json> =>
    (await world().do(sendMessage, somebody, { params: { chatId }, body })).message;

  async function chatOfTwo() {
    const [anna, boris] = [await world().register('Anna'), await world().register('Boris')];
    const { id: chatId } = await world().newGroup(anna, boris);
    return { anna, boris, chatId };
  }

  test('a photo, a voice message and a document arrive with their bytes, over REST and on the socket', async () => {
    const { anna, boris, chatId } = await chatOfTwo();
    const socket = await ChatSocket.open(world().runner.url, chatId, boris.token);
    const photo = jpeg(3 * megabyte);
    const thumbnail = { size: 50, width: 4, height: 3 };
    const voice = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(5000)]);
    const fileIds = [
      await uploaded(world(), anna, { thumbnail }, photo),
      await uploaded(
        world(),
        anna,
        { mimeType: 'audio/ogg', waveform: [1, 9], durationMs: 700, name: 'voice.ogg' },
        voice,
      ),
      await uploaded(world(), anna, { mimeType: 'application/pdf', name: 'Отчёт.pdf' }, pdf()),
    ];
    const message = await send(anna, chatId, { fileIds });
    expect(await socket.next()).toEqual(message);
    expect(message).toMatchObject({ content: 'Photo', metadata: { placeholder: 'photo' } });
    const answers = await Promise.all(message.attachments.map(({ url }: Json) => fetch(url)));
    expect(await Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer())))).toEqual([
      photo,
      voice,
      pdf(),
    ]);
    expect((await fetch(message.attachments[0].thumbnailUrl)).headers.get('content-length')).toBe('50');
    for (const { headers } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('set-cookie')).toBeNull();
    }
    expect(answers.map(({ headers }) => headers.get('content-disposition'))).toEqual([
      'inline',
      'inline',
      "attachment; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82.pdf",
    ]);
    socket.close();
  });

  test('a file can be sent over the socket, and read in parts', async () => {
    const { anna, chatId } = await chatOfTwo();
    const socket = await ChatSocket.open(world().runner.url, chatId, anna.token);
    const content = Buffer.from('0123456789');
    socket.send({
      type: 'message',
      fileIds: [await uploaded(world(), anna, { mimeType: 'text/plain', name: 'a.txt' }, content)],
    });
    const { attachments } = await socket.next();
    const part = await fetch(attachments[0].url, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    socket.send({ type: 'message', content: 'Hi', clientId: 'c', fileIds: ['nothing'] });
    expect(await socket.next()).toMatchObject({
      type: 'error',
      code: 'file_refused',
      clientId: 'c',
      errors: [{ path: 'fileIds.0', rule: 'unknown_file' }],
    });
    socket.close();
  });

  test('25 MB are possible, and an upload that broke off can be restarted', async () => {
    const { anna, chatId } = await chatOfTwo();
    const content = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(25 * megabyte - 4)]);
    const more = { mimeType: 'application/zip', size: content.length, name: 'all.zip' };
    const { file, upload } = await world().do(createFile, anna, { body: announced(more) });
    const breaking = new ReadableStream({
      start(controller) {
        controller.enqueue(content.subarray(0, megabyte));
        controller.error(new Error('Off-line'));
      },
    });
    const broken = { method: 'PUT', headers: upload.headers, body: breaking, duplex: 'half' } as RequestInit;
    await expect(fetch(upload.url, broken)).rejects.toThrow();
    expect((await put(upload, content)).status).toBe(200);
    const { attachments } = await send(anna, chatId, { fileIds: [file.id] });
    expect((await fetch(attachments[0].url, { method: 'HEAD' })).headers.get('content-length')).toBe(
      String(content.length),
    );
  });

  test('only the URL of the chat, the file and these two days opens a file', async () => {
    const { anna, chatId } = await chatOfTwo();
    const { attachments } = await send(anna, chatId, { fileIds: [await uploaded(world(), anna)] });
    const { id: otherId } = await world().newGroup(anna);
    const other = await send(anna, otherId, { fileIds: [await uploaded(world(), anna)] });
    const url = new URL(attachments[0].url);
    const day = Number(url.searchParams.get('w'));
    const signature = new URL(other.attachments[0].url).search;
    const altered = (change: (copy: URL) => void) => {
      const copy = new URL(url);
      change(copy);
      return copy;
    };
    for (const wrong of [
      altered((copy) => copy.searchParams.set('w', String(day - 1))),
      altered((copy) => copy.searchParams.set('w', String(day - 7))),
      altered((copy) => copy.searchParams.set('v', '2')),
      altered((copy) => (copy.search = signature)),
      altered((copy) => (copy.search = '')),
      altered((copy) => (copy.pathname = copy.pathname.replace(chatId, otherId))),
      altered((copy) => (copy.pathname = `/files/uploads/${anna.id}/${attachments[0].id}`)),
    ]) {
      const answer = await fetch(wrong);
      const { code } = (await answer.json()) as Json;
      expect([wrong.href, answer.status, code]).toEqual([wrong.href, 403, 'invalid_file_url']);
    }
    const unknown = await fetch(altered((copy) => (copy.pathname = copy.pathname.replace(/[^/]+$/, 'nothing'))));
    expect(unknown.status).toBe(404);
  });

  test('a deleted message, a replaced avatar and a closed group leave no files', async () => {
    const w = world();
    const { anna, boris, chatId } = await chatOfTwo();
    const message = await send(anna, chatId, { fileIds: [await uploaded(world(), anna)] });
    const kept = await send(boris, chatId, { content: 'Mine', fileIds: [await uploaded(world(), boris)] });
    const avatar = async () =>
      (await w.do(setAvatar, boris, { body: { fileId: await uploaded(world(), boris, { purpose: 'avatar' }) } })).user
        .avatarUrl;
    const [first, second] = [await avatar(), await avatar()];
    const fileId = await uploaded(world(), anna, { purpose: 'picture' });
    // Those that do not answer any more are removed.
    const stale = () => Promise.all([w.staleConnection(chatId), w.staleInbox(boris.id)]);
    await stale();
    const { group } = await w.do(setPicture, anna, { params: { groupId: chatId }, body: { fileId } });
    expect((await w.do(listChats, boris)).chats[0].pictureUrl).toBe(group.pictureUrl);
    await stale();
    await w.do(deletePicture, anna, { params: { groupId: chatId } });
    await w.do(deleteMessage, anna, { params: { chatId, messageId: message.id } });
    await w.runner.queues.idle();
    const statuses = (...urls: string[]) => Promise.all(urls.map(async (url) => (await fetch(url)).status));
    const [gone, there] = [message.attachments[0].url, kept.attachments[0].url];
    expect(await statuses(gone, there, first, second, group.pictureUrl)).toEqual([404, 200, 404, 200, 404]);
    const { messages } = await w.do(listMessages, boris, { params: { chatId } });
    expect(messages.find(({ seq }: Json) => seq === message.seq).attachments).toBeUndefined();
    await w.do(deleteAvatar, boris);
    await w.do(removeMember, boris, { params: { groupId: chatId, userId: boris.id } });
    await w.do(leaveChat, anna, { params: { chatId } });
    await w.runner.queues.idle();
    expect(await statuses(there, second)).toEqual([404, 404]);
    expect(w.runner.queues.deadLetters()).toBe(0);
  });

  test('with an account its avatar goes', async () => {
    const w = world();
    const anna = await w.register('Anna');
    const fileId = await uploaded(world(), anna, { purpose: 'avatar' });
    const { user } = await w.do(setAvatar, anna, { body: { fileId } });
    await w.do(deleteMe, anna, { body: { password } });
    await w.runner.queues.idle();
    expect((await fetch(user.avatarUrl)).status).toBe(404);
  });
}
