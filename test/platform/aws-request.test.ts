import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, describe, expect, test } from 'vitest';
import { type AwsRequest, awsRequest, sign } from '#shared/platform/aws/request.ts';

/** Node's SHA-256 and HMAC in the form that AWS's signer asks for. */
class Sha256 {
  private readonly hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret ? createHmac('sha256', secret as Uint8Array) : createHash('sha256');
  }
  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset(): void {}
}

/** What AWS's own signer makes of the request, with the credentials that the environment has now. */
async function signedByAws({ service, method, url, body = '', headers = {} }: AwsRequest, now: Date) {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = process.env;
  const signer = new SignatureV4({
    service,
    region: 'local',
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    },
    sha256: Sha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: {},
      headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
      body,
    },
    { signingDate: now },
  );
  return signed.headers;
}

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

const requests: [string, AwsRequest][] = [
  [
    'a post to a connection',
    {
      service: 'execute-api',
      method: 'POST',
      url: new URL('https://abc.execute-api.eu-central-1.amazonaws.com/live/@connections/L0SM9cOFvHcCIhw%3D'),
      body: '{"content":"привет"}',
    },
  ],
  [
    'closing a connection',
    {
      service: 'execute-api',
      method: 'DELETE',
      url: new URL('https://abc.execute-api.eu-central-1.amazonaws.com/live/@connections/L0SM9cOFvHcCIhw%3D'),
    },
  ],
  [
    'an invocation',
    {
      service: 'lambda',
      method: 'POST',
      url: new URL('https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/chat-prod-deliver/invocations'),
      headers: { 'x-amz-invocation-type': 'Event' },
      body: '{}',
    },
  ],
];

test.each(requests)(
  "signs %s as AWS's own signer does, also after the credentials were changed",
  async (_, request) => {
    for (const [secret, token] of [
      ['one', 'a token'],
      ['two', 'another'],
      ['three', undefined],
    ] as const) {
      process.env.AWS_SECRET_ACCESS_KEY = secret;
      if (token) process.env.AWS_SESSION_TOKEN = token;
      else delete process.env.AWS_SESSION_TOKEN;
      for (const now of [new Date('2026-11-23T10:00:00Z'), new Date('2026-11-24T00:00:01Z')]) {
        expect(sign(request, now).authorization).toBe((await signedByAws(request, now)).authorization);
      }
    }
  },
);

describe('a request', () => {
  async function serving(listener: RequestListener) {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/live/x`);
    return { server, send: () => awsRequest({ service: 'execute-api', method: 'POST', url, body: 'x' }) };
  }

  test('uses its connection again', async () => {
    const sockets = new Set<Socket>();
    const { server, send } = await serving((request, response) => {
      sockets.add(request.socket);
      response.end();
    });
    for (let n = 0; n < 5; n++) expect(await send()).toMatchObject({ status: 200 });
    expect(sockets.size).toBe(1);
    server.closeAllConnections();
    server.close();
  });

  test('waits for one of fifty connections when there are many', async () => {
    const sockets = new Set<Socket>();
    const { server, send } = await serving((request, response) => {
      sockets.add(request.socket);
      response.end();
    });
    await Promise.all(Array.from({ length: 200 }, send));
    expect(sockets.size).toBe(50);
    server.closeAllConnections();
    server.close();
  });

  test('is made again when the connection that it took up was closed meanwhile', async () => {
    let requests = 0;
    const { server, send } = await serving((request, response) => {
      // The second request finds the connection broken, as after Lambda had the process frozen.
      if (++requests === 2) request.socket.resetAndDestroy();
      else response.end();
    });
    expect(await send()).toMatchObject({ status: 200 });
    expect(await send()).toMatchObject({ status: 200 });
    expect(requests).toBe(3);
    server.closeAllConnections();
    server.close();
  });

  test('fails when a new connection is broken off, before the answer or within it', async () => {
    const { server, send } = await serving((request) => request.socket.resetAndDestroy());
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    server.removeAllListeners('request').on('request', (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('x', () => request.socket.destroy());
    });
    await expect(send()).rejects.toThrow('broke off');
    server.close();
  });

  test('gives up when there is no answer in time', async () => {
    const { server, send } = await serving(() => {});
    await expect(send()).rejects.toMatchObject({ name: 'TimeoutError' });
    server.closeAllConnections();
    server.close();
  });
});
