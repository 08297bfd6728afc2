import { expect, test } from 'vitest';
import { createFile } from '#shared/contract/files/create-file.ts';
import { mimeTypes } from '#shared/contract/files/types.ts';
import { call } from '../../support/call.ts';
import { announce, announced, jpeg, put } from '../../support/files.ts';
import { newPerson } from '../../support/people.ts';
import { pass } from '../../support/push.ts';
import { s3 } from '../../support/stand-ins/s3.ts';

const codeIn = async (answer: Response) => /<Code>(\w+)/.exec(await answer.text())?.[1];

test('an announced file can be uploaded once, with its type and size', async () => {
  const anna = await newPerson();
  const { file, upload, thumbnailUpload } = await announce(anna, { width: 4, height: 3 });
  expect(file).toEqual({ id: expect.any(String), ...announced({ width: 4, height: 3 }), expiresIn: 86_400 });
  expect(upload).toMatchObject({ headers: { 'content-type': 'image/jpeg', 'if-none-match': '*' }, expiresIn: 300 });
  expect(thumbnailUpload).toBeUndefined();
  expect((await put(upload, jpeg())).status).toBe(200);
  const again = await put(upload, jpeg());
  expect([again.status, await codeIn(again)]).toEqual([412, 'PreconditionFailed']);
  expect(await s3.read(`uploads/${anna.id}/${file.id}`)).toMatchObject({ length: 100 });
});

test('a thumbnail has an upload of its own', async () => {
  const anna = await newPerson();
  const { file, thumbnailUpload } = await announce(anna, { thumbnail: { size: 50, width: 4, height: 3 } });
  expect((await put(thumbnailUpload, jpeg(50))).status).toBe(200);
  expect(await s3.keys(`uploads/${anna.id}/`)).toEqual([`uploads/${anna.id}/${file.id}.thumbnail`]);
});

test.each([
  ['another size', 99, {}],
  ['no bytes', 0, {}],
  ['another type', 100, { 'content-type': 'text/html' }],
  ['permission to overwrite', 100, { 'if-none-match': 'no' }],
])('an upload with %s is refused', async (_what, length, headers) => {
  const anna = await newPerson();
  const { upload } = await announce(anna);
  const answer = await put(upload, jpeg(length), headers);
  expect([answer.status, await codeIn(answer)]).toEqual([403, 'SignatureDoesNotMatch']);
  expect(await s3.keys(`uploads/${anna.id}/`)).toEqual([]);
});

test('an upload may begin for five minutes', async () => {
  const { upload } = await announce(await newPerson());
  pass(301);
  const answer = await put(upload, jpeg());
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
});

test.each([
  ['text/html', {}],
  ['image/svg+xml', {}],
  ['application/javascript', {}],
  ['image/gif', { purpose: 'avatar' }],
  ['application/pdf', { purpose: 'picture' }],
])('nobody can announce %s %o', async (mimeType, more) => {
  const { status, body } = await call(createFile, await newPerson(), { body: announced({ mimeType, ...more }) });
  expect([status, body.code, body.errors[0].rule]).toEqual([400, 'invalid_input', 'not_allowed_value']);
});

test.each(mimeTypes)('%s can be announced for a message', async (mimeType) => {
  const { file } = await announce(await newPerson(), { mimeType });
  expect(file.mimeType).toBe(mimeType);
});

test.each([
  ['image/jpeg', 10_000_000],
  ['application/pdf', 25_000_000],
])('%s has at most %i bytes', async (mimeType, limit) => {
  const anna = await newPerson();
  await announce(anna, { mimeType, size: limit });
  const { status, body } = await call(createFile, anna, { body: announced({ mimeType, size: limit + 1 }) });
  expect([status, body.code, body.errors]).toEqual([
    422,
    'file_too_large',
    [{ path: 'size', message: `must be at most ${limit}`, rule: 'too_large', limit }],
  ]);
});

test('a user uploads only so many bytes in a day', async () => {
  const anna = await newPerson();
  const thumbnail = { size: 100_000, width: 4, height: 3 };
  for (let n = 0; n < 9; n++) await announce(anna, { size: 10_000_000, thumbnail });
  const refused = await call(createFile, anna, { body: announced({ size: 10_000_000 }) });
  expect([refused.status, refused.body.code]).toEqual([429, 'daily_upload_limit']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(86_000);
  // Something smaller still fits.
  await announce(anna, { size: 9_000_000 });
});

test('whoever saves a file stays in the folder that they chose', async () => {
  const { file } = await announce(await newPerson(), { name: '../..\\etc/passwd' });
  expect(file.name).toBe('.._.._etc_passwd');
});
