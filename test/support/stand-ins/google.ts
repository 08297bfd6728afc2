import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface GoogleRequest {
  path: string;
  authorization: string | undefined;
  body: string;
}

type Answer = { status?: number; body?: object } | 'silent';
type Answers = Record<string, Answer | ((request: GoogleRequest) => Answer | Promise<Answer>)>;

const created = 'https://www.googleapis.com/auth/meetings.space.created';
export const tokenInfo = { aud: 'our-client', expires_in: 3599, scope: `openid ${created}` };
const usual: Answers = {
  '/oauth/token': { body: { access_token: 'ya29.new', refresh_token: '1//refresh', expires_in: 3599 } },
  '/oauth/tokeninfo': { body: tokenInfo },
  '/oauth/revoke': { body: {} },
  '/v2/spaces': { body: { meetingUri: 'https://meet.google.com/abc-defg-hij' } },
  // Our own REST API, as the assistant calls it.
  '/google/meet/create': { body: { meetUrl: 'https://meet.google.com/abc-defg-hij' } },
};

/** Google that does as it is told, and remembers what it was asked. */
class GoogleStandIn {
  url = '';
  requests: GoogleRequest[] = [];
  private answers = usual;

  /** These in the place of the usual answers, from now on. */
  behave(answers: Answers = {}): void {
    this.answers = { ...usual, ...answers };
    this.requests = [];
  }

  async start(): Promise<this> {
    const server = createServer(async (request, response) => {
      const path = new URL(request.url ?? '/', 'http://google').pathname;
      const asked = { path, authorization: request.headers.authorization, body: await text(request) };
      this.requests.push(asked);
      const told = this.answers[path] ?? { status: 404 };
      const answer = typeof told === 'function' ? await told(asked) : told;
      if (answer === 'silent') return;
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body ?? { error: 'invalid_grant' }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.unref();
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }
}

export const google = await new GoogleStandIn().start();
