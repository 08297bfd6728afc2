import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import type { FileType } from '#shared/contract/files/types.ts';
import { keys } from '#shared/data/keys.ts';
import { nowInSeconds, updateIf } from '#shared/data/write.ts';
import { call } from '../../support/call.ts';
import { edit } from '../../support/changes.ts';
import { announce, jpeg, pdf, put, uploaded } from '../../support/files.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';
import { s3 } from '../../support/stand-ins/s3.ts';

const send = (person: Pick<Person, 'token'>, chatId: string, body: object) =>
  call(sendMessage, person, { params: { chatId }, body });

async function annaToBoris() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: chatId } = await newGroup(anna, boris);
  return { anna, boris, chatId };
}

/** The URL that a client gets of an object today. */
function signed(objectKey: string): string {
  const day = Math.floor(Date.now() / 86_400_000);
  const scope = objectKey.split('/').slice(0, 2).join('/');
  const signature = createHmac('sha256', 'a files key').update(`${scope}\n${day}`).digest('base64url');
  return `https://chat.example.com/files/${objectKey}?w=${day}&v=1&s=${signature}`;
}

test('a message shows its files to everybody, with current URLs', async () => {
  const { anna, boris, chatId } = await annaToBoris();
  const about = { width: 4, height: 3, blurhash: 'LEHV6nWB2yk8', thumbnail: { size: 50, width: 4, height: 3 } };
  const photo = await uploaded(anna, about);
  const report = await uploaded(anna, { mimeType: 'application/pdf', name: 'Отчёт (1).pdf' }, pdf());
  const { body } = await send(anna, chatId, { content: 'The sea', fileIds: [photo, report] });
  const { seq } = body.message;
  const key = `chats/${chatId}/${seq}/${photo}`;
  const { thumbnail: _, ...shown } = about;
  const attachments = [
    {
      ...{ id: photo, name: 'sea.jpg', mimeType: 'image/jpeg', size: 100, ...shown },
      ...{ url: signed(key), thumbnailUrl: signed(`${key}.thumbnail`) },
    },
    {
      ...{ id: report, name: 'Отчёт (1).pdf', mimeType: 'application/pdf', size: 100 },
      url: signed(`chats/${chatId}/${seq}/${report}`),
    },
  ];
  expect(body.message).toMatchObject({ content: 'The sea', attachments });
  expect(body.message.metadata).toBeUndefined();
  const page = await call(listMessages, boris, { params: { chatId } });
  expect(page.body.messages.at(-1)).toEqual(body.message);
  expect(await s3.read(key)).toMatchObject({
    content: jpeg(),
    contentType: 'image/jpeg',
    contentDisposition: 'inline',
    cacheControl: 'public, max-age=86400, immutable',
  });
  expect((await s3.read(`${key}.thumbnail`))?.length).toBe(50);
  expect(await s3.read(`chats/${chatId}/${seq}/${report}`)).toMatchObject({
    contentDisposition: "attachment; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%281%29.pdf",
  });
});

test.each<[string, string, { mimeType?: FileType; waveform?: number[]; durationMs?: number }]>([
  ['photo', 'Photo', {}],
  ['voice', 'Voice message', { mimeType: 'audio/ogg', waveform: [1, 5, 3], durationMs: 900 }],
  ['audio', 'Audio', { mimeType: 'audio/ogg' }],
  ['file', 'File', { mimeType: 'text/plain' }],
])('a message of a %s without a text has a short content', async (placeholder, content, more) => {
  const { anna, boris, chatId } = await annaToBoris();
  const bytes = { audio: Buffer.from('OggS'), text: Buffer.from('Hi') }[String(more.mimeType).split('/')[0] ?? ''];
  const fileIds = [await uploaded(anna, more, bytes)];
  const { body } = await send(anna, chatId, { fileIds });
  expect(body.message).toMatchObject({ content, metadata: { placeholder } });
  const { body: list } = await call(listChats, boris);
  expect(list.chats).toMatchObject([{ lastMessage: content, lastMessageMetadata: { placeholder } }]);
});

test('a message must have a text or files', async () => {
  const { anna, chatId } = await annaToBoris();
  for (const body of [{}, { content: '' }, { content: '', fileIds: [] }]) {
    const { status, body: problem } = await send(anna, chatId, body);
    expect([status, problem.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['content']]);
  }
  expect((await send(anna, chatId, { content: ' ', fileIds: ['x'] })).body.errors[0].rule).toBe('invisible');
});

test('a caption can be edited, and removed', async () => {
  const { anna, chatId } = await annaToBoris();
  const { body } = await send(anna, chatId, { content: 'The sea', fileIds: [await uploaded(anna)] });
  const changed = await edit(anna, body.message, '');
  expect(changed.body.message).toMatchObject({ content: 'Photo', metadata: { placeholder: 'photo' } });
  expect(changed.body.message.attachments).toEqual(body.message.attachments);
  const { body: text } = await send(anna, chatId, { content: 'Hi' });
  const refused = await edit(anna, text.message, '');
  expect([refused.status, refused.body.errors]).toEqual([
    400,
    [{ path: 'content', message: 'must have 1 to 4000 characters', rule: 'too_short', limit: 1 }],
  ]);
});

/** What a send with this file is refused with. */
async function refusalOf(person: Person, chatId: string, fileId: string) {
  const good = await uploaded(person);
  const { status, body } = await send(person, chatId, { content: 'Hi', fileIds: [good, fileId] });
  expect([status, body.code]).toEqual([422, 'file_refused']);
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0].path).toBe('fileIds.1');
  return body.errors[0].rule;
}

test('each file must be one’s own, uploaded as announced, and in no other message', async () => {
  const { anna, boris, chatId } = await annaToBoris();
  expect(await refusalOf(anna, chatId, await uploaded(boris))).toBe('unknown_file');
  expect(await refusalOf(anna, chatId, 'no-such-file')).toBe('unknown_file');
  expect(await refusalOf(anna, chatId, await uploaded(anna, { purpose: 'avatar' }))).toBe('wrong_purpose');
  expect(await refusalOf(anna, chatId, (await announce(anna)).file.id)).toBe('not_uploaded');
  expect(await refusalOf(anna, chatId, await uploaded(anna, {}, Buffer.from('<script>')))).toBe('wrong_content');
  const { file, upload } = await announce(anna, { thumbnail: { size: 50, width: 4, height: 3 } });
  await put(upload, jpeg());
  expect(await refusalOf(anna, chatId, file.id)).toBe('not_uploaded');
  // S3 would refuse both, but it is not trusted alone.
  for (const [rule, length, type] of [
    ['wrong_size', 99, 'image/jpeg'] as const,
    ['wrong_content', 100, 'text/html'] as const,
  ]) {
    const id = (await announce(anna)).file.id;
    await s3.put(`uploads/${anna.id}/${id}`, jpeg(length), { contentType: type });
    expect(await refusalOf(anna, chatId, id)).toBe(rule);
  }
  const used = await uploaded(anna);
  await send(anna, chatId, { fileIds: [used] });
  expect(await refusalOf(anna, chatId, used)).toBe('already_used');
  expect(await s3.keys(`chats/${chatId}/`)).toHaveLength(1);
});

test('a file that was announced a day ago has expired', async () => {
  const { anna, chatId } = await annaToBoris();
  const id = await uploaded(anna);
  await updateIf({
    TableName: process.env.CHAT_TABLE,
    Key: keys.file(anna.id, id),
    UpdateExpression: 'SET expiresAt = :now',
    ExpressionAttributeValues: { ':now': nowInSeconds() },
  });
  expect(await refusalOf(anna, chatId, id)).toBe('unknown_file');
});

test('of two messages with the same file at the same moment, one is stored', async () => {
  const { anna, chatId } = await annaToBoris();
  const { id: otherId } = await newGroup(anna);
  const fileIds = [await uploaded(anna)];
  const answers = await Promise.all([send(anna, chatId, { fileIds }), send(anna, otherId, { fileIds })]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  const { body } = answers.find(({ status }) => status === 422) ?? expect.fail();
  expect([body.code, body.errors[0].rule]).toEqual(['file_refused', 'already_used']);
});

test('a message with files that is sent again is stored once, also at the same moment', async () => {
  const { anna, chatId } = await annaToBoris();
  const body = { fileIds: [await uploaded(anna)], clientId: crypto.randomUUID() };
  const answers = await Promise.all([send(anna, chatId, body), send(anna, chatId, body)]);
  answers.push(await send(anna, chatId, body));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(answers.map((answer) => answer.body.message.id)).size).toBe(1);
  const other = await send(anna, chatId, { ...body, fileIds: [await uploaded(anna)] });
  expect([other.status, other.body.code]).toEqual([409, 'client_id_reused']);
});

test('the same file twice in one message is shown once', async () => {
  const { anna, chatId } = await annaToBoris();
  const id = await uploaded(anna);
  const { body } = await send(anna, chatId, { fileIds: [id, id] });
  expect(body.message.attachments).toHaveLength(1);
  const refused = await send(anna, chatId, { fileIds: [await uploaded(anna), id, id] });
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(['fileIds.1']);
});

test('when S3 is out of order nothing is stored, and the message can be sent again', async () => {
  const { anna, chatId } = await annaToBoris();
  const body = { fileIds: [await uploaded(anna)], clientId: crypto.randomUUID() };
  const failures = [
    [503, /^GET uploads/],
    [503, /^PUT chats/],
    [200, /^PUT chats/],
  ] as const;
  for (const [status, of] of failures) {
    s3.failNext(status, { times: 3, of });
    const { status: answered, body: problem } = await send(anna, chatId, body);
    expect([answered, problem.code]).toEqual([503, 'unavailable']);
  }
  s3.failNext('answer lost', { of: /^PUT chats/ });
  expect((await send(anna, chatId, body)).status).toBe(200);
});
