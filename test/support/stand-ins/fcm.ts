import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Json } from '../api-client.ts';
import { newServiceAccountKey } from './fcm-key.ts';

/** In the form in which the operator puts it into the secret. */
export const fcmServiceAccount = JSON.stringify({
  project_id: 'our-project',
  client_email: 'push@our-project.iam.gserviceaccount.com',
  private_key: process.env.FCM_PRIVATE_KEY ?? newServiceAccountKey(),
});

interface Answer {
  status: number;
  body?: object;
  headers?: Record<string, string>;
}

/** An error in the form of Firebase's. */
export const refusal = (status: number, errorCode: string, more: object[] = []): Answer => ({
  status,
  body: {
    error: {
      code: status,
      status: errorCode,
      details: [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }, ...more],
    },
  },
});

/** Firebase Cloud Messaging that answers each token as a test tells it, and keeps what it accepted. */
class FcmStandIn {
  url = '';
  /** The accepted messages of each token. */
  private readonly accepted = new Map<string, Json[]>();
  private readonly told = new Map<string, (Answer | 'silent')[]>();
  /** The headers and the paths of the requests. */
  readonly requests: { path: string; authorization: string | undefined }[] = [];

  /** Gives these answers to the next requests for a token, then accepts again. */
  tell(token: string, ...answers: (Answer | 'silent')[]): void {
    this.told.set(token, answers);
  }

  /** Takes the messages that were accepted for a token. */
  take(token: string): Json[] {
    const messages = this.accepted.get(token) ?? [];
    this.accepted.delete(token);
    return messages;
  }

  async start(): Promise<this> {
    const server = createServer(async (request, response) => {
      const answer = await this.answer(request);
      if (answer === 'silent') return;
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(answer.body ?? {}));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.unref();
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }

  private async answer(request: IncomingMessage): Promise<Answer | 'silent'> {
    const { message } = (await json(request)) as { message: Json };
    this.requests.push({ path: request.url ?? '', authorization: request.headers.authorization });
    const told = this.told.get(message.token)?.shift();
    if (told) return told;
    this.accepted.set(message.token, [...(this.accepted.get(message.token) ?? []), message]);
    return { status: 200, body: { name: 'projects/our-project/messages/1' } };
  }
}

export const fcm = await new FcmStandIn().start();
