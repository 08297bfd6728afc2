import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { jwtVerify } from 'jose';
import { type Asked, answers, Refusal, restActions } from './answers.ts';
import { changed, publicKey, type World } from './world.ts';

interface Answer {
  status: number;
  body: string | object;
}

/** The services that answer in XML. */
const inXml = new Set(['sts', 'cloudformation', 'cloudfront', 'route53']);

/** AWS and Google, as an account is that a test describes. */
export class StandIn {
  url = '';
  world: World = changed().world;
  /** The actions that AWS was asked for. */
  asked: string[] = [];
  /** The errors that actions, or those of Google, are refused with. "*" stands for all actions of AWS. */
  refusals: Record<string, string> = {};
  private readonly server: Server = createServer(async (request, response) => {
    const { status, body } = await this.answer(request, await text(request));
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/xml' : 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });

  async start(): Promise<this> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  get google() {
    return { oauth: `${this.url}/oauth`, fcm: `${this.url}/fcm` };
  }

  private async answer(request: IncomingMessage, body: string): Promise<Answer> {
    const path = new URL(request.url ?? '', this.url).pathname;
    if (path === '/oauth/token') return this.giveToken(new URLSearchParams(body));
    if (path.startsWith('/fcm/')) return this.send(path, JSON.parse(body));
    // ... Credential=KEY/20260101/REGION/SERVICE/aws4_request ...
    const [, region = '', scope = ''] =
      /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)/.exec(request.headers.authorization ?? '') ?? [];
    const service = scope === 'monitoring' ? 'cloudwatch' : scope;
    const form = new URLSearchParams(body);
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? form.get('Action');
    const action = target
      ? `${service}:${target}`
      : restActions.find(([of, pattern]) => of === service && pattern.test(path))?.[2];
    if (!action || !answers[action]) throw new Error(`Unknown request: ${request.method} ${request.url} ${action}`);
    this.asked.push(action);
    const content = form.has('Action') ? Object.fromEntries(form) : JSON.parse(body || '{}');
    return this.answerOfAws(service, action, { region, path, body: content });
  }

  private answerOfAws(service: string, action: string, asked: Asked): Answer {
    try {
      const refused = this.refusals[action] ?? this.refusals['*'];
      if (refused) throw new Refusal(refused, `User: u is not authorized to perform: ${action}`);
      const answer = answers[action]?.(this.world, asked) ?? {};
      const name = action.split(':')[1];
      const isQuery = service === 'sts' || service === 'cloudformation';
      return {
        status: 200,
        body: isQuery ? `<${name}Response><${name}Result>${answer}</${name}Result></${name}Response>` : answer,
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { name, message } = error;
      const xml = `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>${message}</Message></Error></ErrorResponse>`;
      return {
        status: name.startsWith('AccessDenied') ? 403 : 400,
        body: inXml.has(service) ? xml : { __type: name, message },
      };
    }
  }

  /** Google's OAuth: a client that renews a token, or a service account that asks for one. */
  private async giveToken(form: URLSearchParams): Promise<Answer> {
    const { clients, isKeyValid } = this.world.google;
    if (this.refusals.google) return { status: 503, body: {} };
    if (form.get('grant_type') === 'refresh_token') {
      const isKnown = clients[form.get('client_id') ?? ''] === form.get('client_secret');
      if (!isKnown) return { status: 401, body: { error: 'invalid_client', error_description: 'Unauthorized' } };
      return { status: 400, body: { error: 'invalid_grant', error_description: 'Bad Request' } };
    }
    const options = { audience: 'https://oauth2.googleapis.com/token' };
    const { payload } = await jwtVerify(form.get('assertion') ?? '', publicKey, options);
    const isAllowed = isKeyValid && payload.scope === 'https://www.googleapis.com/auth/firebase.messaging';
    if (isAllowed) return { status: 200, body: { access_token: 'ya29.c', expires_in: 3599, token_type: 'Bearer' } };
    return { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' } };
  }

  private send(path: string, { validate_only, message }: { validate_only?: boolean; message: object }): Answer {
    // It would reach everybody who has subscribed to the topic.
    if (!validate_only) throw new Error(`A message was sent: ${JSON.stringify(message)}`);
    if (path === '/fcm/v1/projects/our-project/messages:send' && this.world.google.maySend)
      return { status: 200, body: { name: 'projects/our-project/messages/fake_message_id' } };
    return { status: 403, body: { error: { code: 403, message: 'denied', status: 'PERMISSION_DENIED' } } };
  }
}
