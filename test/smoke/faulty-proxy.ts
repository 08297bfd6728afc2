import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** What goes wrong between the clients and a backend. */
export interface Faults {
  /** Every answer loses the headers with these names. */
  withoutHeaders?: RegExp;
  /** These requests, such as "GET /chats", are answered with 500. */
  fails?: RegExp;
  /** The answers to these requests have no header for content types and TLS. */
  insecure?: RegExp;
  /** Handshakes at these paths are refused with 503. */
  refusesSockets?: RegExp;
  /** A socket is cut off after so many bytes of a client. */
  maxSocketBytes?: number;
  /** What answers and frames have instead of these texts; in frames it must be as long. */
  garbles?: [RegExp, string][];
}

/** A proxy in front of a backend, as a misconfigured edge would be. */
export class FaultyProxy {
  url = '';
  /** "GET /chats 200" */
  readonly seen: string[] = [];
  private readonly target: URL;
  private readonly faults: Faults;
  private readonly sockets = new Set<Duplex>();
  private readonly server = createServer((asked, response) => void this.pass(asked, response));

  constructor(target: string, faults: Faults = {}) {
    this.target = new URL(target);
    this.faults = faults;
    this.server.on('upgrade', (asked, socket, head) => this.tunnel(asked, socket, head));
  }

  async start(): Promise<this> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
    for (const socket of this.sockets) socket.destroy();
  }

  /** How often a request had this status. */
  count(line: string): number {
    return this.seen.filter((one) => one === line).length;
  }

  private async pass(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = asked;
    const forwarded = request(new URL(url, this.target), { method, headers }).end(await buffer(asked));
    const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
    const body = await buffer(answer);
    const line = `${method} ${url}`;
    const { withoutHeaders, fails, insecure } = this.faults;
    const kept = Object.entries(answer.headers).filter(
      ([name]) =>
        name !== 'content-length' &&
        !withoutHeaders?.test(name) &&
        !(insecure?.test(line) && /^(x-content-type-options|strict-transport-security)$/.test(name)) &&
        !(fails?.test(line) && /^content-/.test(name)),
    );
    const own = Object.fromEntries(kept);
    const status = fails?.test(line) ? 500 : (answer.statusCode ?? 0);
    this.seen.push(`${line} ${status}`);
    if (status === 500) response.writeHead(500, { ...own, 'content-type': 'application/problem+json' }).end('{}');
    else response.writeHead(status, own).end(this.garbled(body));
  }

  private garbled(bytes: Buffer): Buffer {
    const { garbles = [] } = this.faults;
    const text = garbles.reduce((before, [from, to]) => before.replace(from, to), bytes.toString('latin1'));
    return Buffer.from(text, 'latin1');
  }

  private tunnel({ url = '', method, rawHeaders }: IncomingMessage, client: Duplex, head: Buffer): void {
    const { refusesSockets, maxSocketBytes = Number.POSITIVE_INFINITY } = this.faults;
    if (refusesSockets?.test(url))
      return void client.end('HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n');
    const backend: Socket = connect(Number(this.target.port), this.target.hostname);
    const end = () => {
      client.destroy();
      backend.destroy();
    };
    for (const socket of [client, backend]) {
      this.sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    const lines = rawHeaders.flatMap((name, n) => (n % 2 === 0 ? `${name}: ${rawHeaders[n + 1]}` : []));
    backend.write(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    backend.write(head);
    backend.on('data', (chunk: Buffer) => client.write(this.garbled(chunk)));
    let bytes = 0;
    client.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxSocketBytes) end();
      else backend.write(chunk);
    });
  }
}
