import { expect, test } from 'vitest';
import { Roles } from '../../../../../infra/local/aws/iam/roles.ts';
import { outcome, serveS3 } from './serve-s3.ts';
import { presigned, type Signing, signedHeaders } from './signed.ts';

/** Who may do what: roles, the bucket's policy, CloudFront, pages of other origins; and where a request comes in. */

const arn = 'arn:aws:s3:::files';

/** S3 for a function whose role has these grants. */
async function serveFor(grants: Record<string, string>, bucket = {}) {
  const statements = Object.entries(grants).map(([action, resource]) => ({ actions: [action], resources: [resource] }));
  const principal = { id: 'Sender', name: 'sender', statements };
  const roles = new Roles([principal]);
  const served = await serveS3({ callers: roles, bucket });
  const credentials = { ...roles.credentialsOf(principal), sessionToken: 'a token' };
  const send = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const url = served.url + path;
    return fetch(url, { method, headers: await signedHeaders({ method, url, headers, credentials }) });
  };
  const put = async (key: string, content: string) => {
    await served.store.write('files', key, { body: bodyOf(content), headers: {} });
  };
  return { ...served, roles, credentials, send, put };
}

async function* bodyOf(content: string) {
  yield Buffer.from(content);
}

const stranger: Signing['credentials'] = { accessKeyId: 'LOCALNobody', secretAccessKey: 'guessed' };

test('a role needs the action on the object, and an unused grant is noticed', async () => {
  const { send, put, roles } = await serveFor({
    's3:GetObject': `${arn}/chats/*`,
    's3:DeleteObject': `${arn}/chats/*`,
  });
  await put('chats/a', 'content');
  await put('users/a', 'content');
  expect((await send('GET', '/chats/a')).status).toBe(200);
  const refused = await send('GET', '/users/a');
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain(
    '<Code>AccessDenied</Code><Message>User: sender is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::files/users/a',
  );
  expect(await outcome(await send('DELETE', '/users/a'))).toEqual([403, 'AccessDenied']);
  expect(await outcome(await send('GET', '/?list-type=2'))).toEqual([403, 'AccessDenied']);
  expect(roles.unused()).toEqual([`sender s3:DeleteObject ${arn}/chats/*`]);
});

test('a presigned upload is the signer’s', async () => {
  const { url, credentials, roles, store } = await serveFor({ 's3:PutObject': `${arn}/uploads/*` });
  const upload = async (key: string, signing: Partial<Signing> = {}) =>
    fetch(await presigned({ method: 'PUT', url: `${url}/${key}`, credentials, ...signing }), {
      method: 'PUT',
      body: 'content',
    });
  expect(await outcome(await upload('chats/a'))).toEqual([403, 'AccessDenied']);
  expect(await outcome(await upload('uploads/a', { credentials: stranger }))).toEqual([403, 'InvalidAccessKeyId']);
  const guessed = { credentials: { ...stranger, sessionToken: 'a token' } };
  expect(await outcome(await upload('uploads/a', guessed))).toEqual([403, 'SignatureDoesNotMatch']);
  expect(await store.keys('files')).toEqual([]);
  expect(roles.unused()).toHaveLength(1);
  expect((await upload('uploads/a')).status).toBe(200);
  expect(roles.unused()).toEqual([]);
});

test('a function signs with its session token, as its credentials are temporary', async () => {
  const { url, credentials } = await serveFor({ 's3:GetObject': `${arn}/*` });
  const { sessionToken: _, ...permanent } = credentials;
  const headers = await signedHeaders({ method: 'GET', url: `${url}/a`, credentials: permanent });
  expect(await outcome(await fetch(`${url}/a`, { headers }))).toEqual([403, 'InvalidAccessKeyId']);
});

test('only who may list the bucket learns that an object is missing', async () => {
  const reading = { 's3:GetObject': `${arn}/*`, 's3:PutObject': `${arn}/*` };
  const copying = { 'x-amz-copy-source': '/files/missing' };
  const without = await serveFor(reading);
  expect(await outcome(await without.send('GET', '/missing'))).toEqual([403, 'AccessDenied']);
  expect(await outcome(await without.send('PUT', '/copy', copying))).toEqual([403, 'AccessDenied']);
  const withList = await serveFor({ ...reading, 's3:ListBucket': arn });
  expect(await outcome(await withList.send('GET', '/missing'))).toEqual([404, 'NoSuchKey']);
  expect(await outcome(await withList.send('PUT', '/copy', copying))).toEqual([404, 'NoSuchKey']);
});

test('a copy needs the right to read its source and to write its target', async () => {
  const { send, put, store } = await serveFor({ 's3:GetObject': `${arn}/uploads/*`, 's3:PutObject': `${arn}/chats/*` });
  await put('uploads/a', 'content');
  await put('users/a', 'content');
  const copy = (from: string, to: string) => send('PUT', `/${to}`, { 'x-amz-copy-source': `files/${from}` });
  expect(await outcome(await copy('users/a', 'chats/b'))).toEqual([403, 'AccessDenied']);
  expect(await outcome(await copy('uploads/a', 'users/b'))).toEqual([403, 'AccessDenied']);
  expect((await copy('uploads/a', 'chats/b')).status).toBe(200);
  expect(await store.keys('files')).toEqual(['chats/b', 'uploads/a', 'users/a']);
});

test('the policy denies writes without If-None-Match where it says so, copies among them', async () => {
  const { send, put } = await serveFor(
    { 's3:GetObject': `${arn}/*`, 's3:PutObject': `${arn}/*` },
    { newOnly: [`${arn}/uploads/*`] },
  );
  await put('chats/a', 'content');
  const write = (key: string, headers = {}) => send('PUT', key, headers);
  expect(await outcome(await write('/uploads/a'))).toEqual([403, 'AccessDenied']);
  expect(await outcome(await write('/uploads/a', { 'x-amz-copy-source': '/files/chats/a' }))).toEqual([
    403,
    'AccessDenied',
  ]);
  expect((await write('/uploads/a', { 'if-none-match': '*' })).status).toBe(200);
  expect((await write('/chats/a')).status).toBe(200);
});

test('CloudFront reads what the policy allows to it', async () => {
  const statements = [{ actions: ['s3:GetObject'], resources: [`${arn}/chats/*`] }];
  const { s3, put } = await serveFor({}, { forCloudFront: statements });
  await put('chats/a', 'content');
  const status = async (path: string) => {
    const answer = await s3.answerCloudFront('files', path, { method: 'HEAD', headers: {} });
    return answer.status;
  };
  expect([await status('/chats/a'), await status('/users/a'), await status('/chats/missing')]).toEqual([200, 403, 403]);
});

test('a URL is valid under another name of the same machine, and for no other object', async () => {
  const host = '192.0.2.7:3000';
  const { url, origin, store } = await serveS3({ host });
  const issued = await presigned({ method: 'PUT', url: `${url.replace(origin, `http://${host}`)}/a` });
  const here = issued.replace(`http://${host}`, origin);
  const upload = (to: string) => fetch(to, { method: 'PUT', body: 'content' });
  expect(await outcome(await upload(here.replace('/a?', '/b?')))).toEqual([403, 'SignatureDoesNotMatch']);
  expect((await upload(here)).status).toBe(200);
  expect(await store.keys('files')).toEqual(['a']);
});
