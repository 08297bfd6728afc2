import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AwsServices } from '../../../infra/local/aws/services/json-services.ts';
import { Secrets } from '../../../infra/local/aws/services/secrets.ts';
import { TextMessages } from '../../../infra/local/aws/services/text-messages.ts';
import type { Json } from '../api-client.ts';
import { fcmServiceAccount } from './fcm.ts';

interface Failure {
  status: number | 'no answer';
  type: string;
  reason?: string | undefined;
  once?: true;
}

/** Like AWS, quotes the request in the message: a phone must not get into the log that way. */
async function refuse(request: IncomingMessage, response: ServerResponse, { status, type, reason }: Failure) {
  if (status === 'no answer')
    return void response.writeHead(200, { 'content-length': 1 }).write('', () => request.socket.destroy());
  const body = JSON.stringify({ __type: type, Reason: reason, Message: `Refused: ${await text(request)}` });
  response.writeHead(status).end(body);
}

/** AWS's own services for functions that run alone. */
class AwsStandIn {
  url = '';
  private readonly phones = new TextMessages(() => {});
  readonly secrets = new Secrets();
  private readonly services = new AwsServices(this.phones, this.secrets);
  private failure: Failure | undefined;
  /** What Lambda was to invoke. */
  readonly invocations: { functionName: string; event: Json }[] = [];
  /** The messages that were put into queues. */
  readonly enqueued: { queueUrl: string; message: Json; delaySeconds: number }[] = [];

  /** Fills in the operator's secret. */
  fillOperatorSecret(content: { openaiApiKey?: string; fcmServiceAccount?: string } = {}): void {
    const google = { googleClientId: 'our-client,our-ios-client', googleClientSecret: 'x' };
    this.secrets.set('operator', JSON.stringify({ openaiApiKey: 'a key', ...google, fcmServiceAccount, ...content }));
  }

  /** The newest message to the phone. */
  textTo(phone: string): string {
    const [newest] = this.phones.to(phone);
    return newest?.text ?? '';
  }

  /** The code in the newest message to the phone. */
  codeTo(phone: string): string {
    return /\d{6}/.exec(this.textTo(phone))?.[0] ?? '';
  }

  countTo(phone: string): number {
    return this.phones.to(phone).length;
  }

  /** How many requests have come. */
  asked = 0;

  /** Answers everything with this status and error from now on, or breaks the connection; undefined ends it. */
  fail(status: number | 'no answer' | undefined, type = 'InternalServerException', reason?: string): void {
    this.failure = status === undefined ? undefined : { status, type, reason };
  }

  /** Answers the next request with this status. */
  failNext(status: number): void {
    this.failure = { status, type: 'InternalServerException', once: true };
  }

  /** Takes an event, and runs nothing: the test does, as often as it likes. */
  private async takeInvocation(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const functionName = request.url?.split('/')[3] ?? '';
    this.invocations.push({ functionName, event: JSON.parse(await text(request)) });
    response.writeHead(202).end();
  }

  /** Takes a message for a queue. The test itself hands it to a function. */
  private async takeQueued(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { QueueUrl: queueUrl, MessageBody, DelaySeconds: delaySeconds } = JSON.parse(await text(request));
    this.enqueued.push({ queueUrl, message: JSON.parse(MessageBody), delaySeconds });
    response.writeHead(200).end(JSON.stringify({ MessageId: String(this.enqueued.length) }));
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      const { failure } = this;
      this.asked++;
      if (failure?.once) this.failure = undefined;
      if (failure) void refuse(request, response, failure);
      else if (request.url?.startsWith('/2015-03-31/')) void this.takeInvocation(request, response);
      else if (request.headers['x-amz-target'] === 'AmazonSQS.SendMessage') void this.takeQueued(request, response);
      else void this.services.handle(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.fillOperatorSecret();
    server.unref();
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }
}

export const aws = await new AwsStandIn().start();
