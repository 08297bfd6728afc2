import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { s3 } from '../../../../support/stand-ins/s3.ts';
import { outcome } from './serve-s3.ts';
import { presigned, signedHeaders } from './signed.ts';

/** What the functions do with objects, in requests that are signed by their headers. */

let folder: string;
beforeEach(() => {
  folder = `chats/${randomUUID()}`;
});

async function send(method: string, key: string, sent: Record<string, string> = {}, body?: string): Promise<Response> {
  const url = `${s3.url}/${key}`;
  const headers = await signedHeaders({ method, url, headers: sent }, body);
  return fetch(url, { method, headers, ...(body !== undefined && { body }) });
}

describe('GET and HEAD', () => {
  const metadata = { contentType: 'image/png', contentDisposition: 'inline', cacheControl: 'max-age=1' };
  beforeEach(() => s3.put(`${folder}/a`, '0123456789', metadata));

  test('answer with what the object was stored with', async () => {
    const { etag = '', lastModified = 0 } = (await s3.read(`${folder}/a`)) ?? {};
    const headers = {
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'cache-control': 'max-age=1',
      'content-length': '10',
      'accept-ranges': 'bytes',
      etag,
      'last-modified': new Date(lastModified).toUTCString(),
    };
    for (const [method, content] of Object.entries({ GET: '0123456789', HEAD: '' })) {
      const response = await send(method, `${folder}/a`);
      expect(Object.fromEntries(response.headers)).toMatchObject(headers);
      expect([response.status, await response.text()]).toEqual([200, content]);
    }
  });

  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=8-', '89', 'bytes 8-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-30', '0123456789', 'bytes 0-9/10'],
    ['bytes=5-999', '56789', 'bytes 5-9/10'],
    ['bytes=9-9', '9', 'bytes 9-9/10'],
  ])('the range %s', async (range, content, place) => {
    const response = await send('GET', `${folder}/a`, { range });
    expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([
      206,
      place,
      content,
    ]);
  });

  test.each(['bytes=3-1', 'bytes=0-1,3-4', 'bytes=-', 'lines=0-1'])('ignores the range %s', async (range) => {
    const response = await send('GET', `${folder}/a`, { range });
    expect([response.status, await response.text()]).toEqual([200, '0123456789']);
  });

  test.each(['bytes=10-', 'bytes=10-12', 'bytes=-0'])('the range %s is not there', async (range) => {
    expect(await outcome(await send('GET', `${folder}/a`, { range }))).toEqual([416, 'InvalidRange']);
  });

  test('an object without bytes has no range', async () => {
    await s3.put(`${folder}/empty`, '');
    const response = await send('GET', `${folder}/empty`);
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '0', '']);
    const ranged = await send('GET', `${folder}/empty`, { range: 'bytes=0-15' });
    expect(await outcome(ranged)).toEqual([416, 'InvalidRange']);
  });

  test('conditions on the ETag', async () => {
    const { etag = '' } = (await s3.read(`${folder}/a`)) ?? {};
    const status = async (headers: Record<string, string>) => (await send('GET', `${folder}/a`, headers)).status;
    expect(await status({ 'if-none-match': etag })).toBe(304);
    expect(await status({ 'if-none-match': '"other"' })).toBe(200);
    expect(await status({ 'if-match': etag })).toBe(200);
    expect(await status({ 'if-match': '"other"' })).toBe(412);
  });

  test('a missing object is 404, without a body for HEAD', async () => {
    const response = await send('GET', `${folder}/%3C%26%3E`);
    expect(response.headers.get('content-type')).toBe('application/xml');
    expect(await response.text()).toContain(
      `<Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>${folder}/&lt;&amp;&gt;</Key>`,
    );
    const head = await send('HEAD', `${folder}/missing`);
    expect([head.status, await head.text()]).toEqual([404, '']);
  });
});

test('PUT needs the length and the hash that it announces', async () => {
  const headers = { 'content-type': 'text/plain' };
  const url = `${s3.url}/${folder}/a`;
  expect((await send('PUT', `${folder}/a`, headers, 'content')).status).toBe(200);
  expect(await s3.read(`${folder}/a`)).toMatchObject({ content: Buffer.from('content'), contentType: 'text/plain' });
  const signed = await signedHeaders({ method: 'PUT', url, headers }, 'content');
  const otherBody = await fetch(url, { method: 'PUT', headers: signed, body: 'CONTENT' });
  expect(await outcome(otherBody)).toEqual([400, 'XAmzContentSHA256Mismatch']);
  const stream = new Blob(['content']).stream();
  const unknownLength = await fetch(url, { method: 'PUT', headers: signed, body: stream, duplex: 'half' });
  expect(await outcome(unknownLength)).toEqual([411, 'MissingContentLength']);
  expect((await s3.read(`${folder}/a`))?.content.toString()).toBe('content');
});

describe('a copy', () => {
  const source = (key: string) => ({ 'x-amz-copy-source': `/files/${key}` });
  beforeEach(() => s3.put(`${folder}/a`, 'content', { contentType: 'text/html', cacheControl: 'no-store' }));

  test('has new metadata if the request replaces it, and no bytes of the request', async () => {
    const headers = {
      ...source(`${folder}/a`),
      'x-amz-metadata-directive': 'REPLACE',
      'content-type': 'image/jpeg',
      'content-disposition': 'attachment; filename="a.jpg"',
    };
    const response = await send('PUT', `${folder}/b`, headers);
    const copied = await s3.read(`${folder}/b`);
    expect(copied).toMatchObject({
      content: Buffer.from('content'),
      contentType: 'image/jpeg',
      contentDisposition: 'attachment; filename="a.jpg"',
    });
    expect(copied).not.toHaveProperty('cacheControl');
    const etag = copied?.etag.replaceAll('"', '&quot;');
    expect(await response.text()).toMatch(new RegExp(`<CopyObjectResult><LastModified>.+<ETag>${etag}</ETag>`));
  });

  test('has the metadata of its source otherwise, also without bytes', async () => {
    await s3.put(`${folder}/empty`, '', { contentType: 'text/css' });
    for (const key of ['a', 'empty']) {
      expect((await send('PUT', `${folder}/copy-of-${key}`, source(`${folder}/${key}`))).status).toBe(200);
      const { lastModified: _, ...original } = (await s3.read(`${folder}/${key}`)) ?? {};
      expect(await s3.read(`${folder}/copy-of-${key}`)).toMatchObject(original);
    }
  });

  test('is made only of the ETag that the request names', async () => {
    const { etag = '' } = (await s3.read(`${folder}/a`)) ?? {};
    const named = { ...source(`${folder}/a`), 'x-amz-copy-source-if-match': etag };
    expect((await send('PUT', `${folder}/b`, named)).status).toBe(200);
    const other = { ...source(`${folder}/a`), 'x-amz-copy-source-if-match': '"other"' };
    expect(await outcome(await send('PUT', `${folder}/c`, other))).toEqual([412, 'PreconditionFailed']);
    expect(await s3.keys(`${folder}/c`)).toEqual([]);
  });

  test('of a missing object is 404', async () => {
    expect(await outcome(await send('PUT', `${folder}/b`, source(`${folder}/z`)))).toEqual([404, 'NoSuchKey']);
  });
});

test('DELETE is 204, also when there is nothing left', async () => {
  await s3.put(`${folder}/a`, 'content');
  expect((await send('DELETE', `${folder}/a`)).status).toBe(204);
  expect((await send('DELETE', `${folder}/a`)).status).toBe(204);
  expect(await s3.keys(folder)).toEqual([]);
});

test('a list has pages in the order of the keys', async () => {
  for (const key of ['b', 'a/2', 'a/10', 'c<&>', 'B']) await s3.put(`${folder}/${key}`, key);
  const list = async (more: string) => {
    const url = `${s3.url}/?list-type=2&prefix=${folder}/&${more}`;
    return (await fetch(url, { headers: await signedHeaders({ method: 'GET', url }) })).text();
  };
  const keys: string[] = [];
  let token: string | undefined = '';
  for (let page = 0; token !== undefined && page < 9; page++) {
    const xml = await list(`max-keys=2${token && `&continuation-token=${encodeURIComponent(token)}`}`);
    keys.push(...[...xml.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = '']) => key.slice(folder.length + 1)));
    token = /<NextContinuationToken>(.*?)</.exec(xml)?.[1];
    expect(xml).toContain(`<IsTruncated>${token !== undefined}</IsTruncated>`);
  }
  expect(keys).toEqual(['B', 'a/10', 'a/2', 'b', 'c&lt;&amp;&gt;']);
  expect(await list('max-keys=1')).toMatch(/<KeyCount>1<.*<ETag>&quot;\w{32}&quot;<\/ETag><Size>1</);
});

describe('refuses', () => {
  test('another bucket', async () => {
    const url = `${new URL(s3.url).origin}/_local/s3/other/a`;
    const response = await fetch(url, { headers: await signedHeaders({ method: 'GET', url }) });
    expect(await outcome(response)).toEqual([404, 'NoSuchBucket']);
  });

  test.each<[string, Record<string, string | undefined>, [number, string]]>([
    ['a request without a signature', { authorization: undefined }, [403, 'AccessDenied']],
    ['half a signature', { authorization: 'AWS4-HMAC-SHA256 Credential=a' }, [400, 'AuthorizationHeaderMalformed']],
    ['a missing hash', { 'x-amz-content-sha256': undefined }, [400, 'InvalidRequest']],
    ['another hash', { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, [403, 'SignatureDoesNotMatch']],
    ['a changed header', { range: 'bytes=0-1' }, [403, 'SignatureDoesNotMatch']],
    ['a header of AWS that is not signed', { 'x-amz-acl': 'private' }, [403, 'AccessDenied']],
  ])('%s', async (_what, changed, expected) => {
    const url = `${s3.url}/${folder}/a`;
    const signed = await signedHeaders({ method: 'GET', url, headers: { range: 'bytes=0-0' } });
    const sent = Object.entries({ ...signed, ...changed }).filter(([, value]) => value !== undefined);
    expect(await outcome(await fetch(url, { headers: Object.fromEntries(sent) as Record<string, string> }))).toEqual(
      expected,
    );
  });

  test('a signature of an hour ago', async () => {
    const url = `${s3.url}/${folder}/a`;
    const headers = await signedHeaders({ method: 'GET', url, at: new Date(Date.now() - 3_600_000) });
    expect(await outcome(await fetch(url, { headers }))).toEqual([403, 'RequestTimeTooSkewed']);
  });

  test('a path that is not encoded as a URL', async () => {
    const url = `${s3.url}/%zz`;
    expect(await outcome(await fetch(await presigned({ method: 'GET', url })))).toEqual([400, 'InvalidURI']);
  });

  test.each<[string, string, Record<string, string>, [number, string]]>([
    ['POST', '', {}, [405, 'MethodNotAllowed']],
    ['GET', '?acl=', {}, [501, 'NotImplemented']],
    ['PUT', '', { 'x-amz-storage-class': 'GLACIER' }, [501, 'NotImplemented']],
    ['PUT', '', { 'if-none-match': '"etag"' }, [501, 'NotImplemented']],
  ])('what it does not know: %s%s %j', async (method, query, headers, expected) => {
    expect(await outcome(await send(method, `${folder}/a${query}`, headers))).toEqual(expected);
  });
});
