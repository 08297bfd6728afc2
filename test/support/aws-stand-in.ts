import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsServices } from '../../infra/local/aws-services.ts';
import { TextMessages } from '../../infra/local/text-messages.ts';

/** AWS's own services for functions that run alone. */
class AwsStandIn {
  url = '';
  /** What the operator has filled in. */
  readonly operatorSecret = {
    openaiApiKey: 'a key',
    googleClientId: 'our-client,our-ios-client',
    googleClientSecret: 'x',
  };
  private readonly phones = new TextMessages(() => {});
  private readonly services = new AwsServices(this.phones, this.operatorSecret, 'a key');
  private failure: number | undefined;

  /** The code in the newest message to the phone. */
  codeTo(phone: string): string {
    const [newest] = this.phones.to(phone);
    return /\d{6}/.exec(newest?.text ?? '')?.[0] ?? '';
  }

  countTo(phone: string): number {
    return this.phones.to(phone).length;
  }

  /** Answers everything with this status from now on; undefined ends it. */
  fail(status: number | undefined): void {
    this.failure = status;
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      if (this.failure) response.writeHead(this.failure).end('{"__type":"InternalServerException"}');
      else void this.services.handle(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.unref();
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }
}

export const aws = await new AwsStandIn().start();
