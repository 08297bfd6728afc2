import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { styleText } from 'node:util';
import { printable } from '../console/printable.ts';
import type { FcmMessage } from './fcm-message.ts';

/** Where a developer reads the push notifications that FCM would have sent: GET /_local/push?user=ID */
export const pushesPath = '/_local/push';

/** A proxy or a browser may close a stream without traffic. Milliseconds. */
const keepAliveMs = 15_000;

interface Push {
  at: string;
  token: string;
  platform: 'android' | 'ios' | 'web';
  title: string | undefined;
  body: string | undefined;
  data: Record<string, string>;
}

/** The user who has a token, if anybody does. */
export type OwnerOf = (token: string) => Promise<string | undefined>;

/** The push notifications that the stand-in for FCM has accepted. */
export class Pushes {
  private readonly received: { push: Push; owner: string | undefined }[] = [];
  private readonly ownerOf: OwnerOf;
  private readonly say: (line: string) => void;
  /** Emits "push" with a push and its owner. */
  private readonly events = new EventEmitter().setMaxListeners(0);

  /** `say` gets a line for each push. */
  constructor(ownerOf: OwnerOf, say: (line: string) => void) {
    this.ownerOf = ownerOf;
    this.say = say;
  }

  /** The owner is whoever has the token now, because their device would show the push. */
  async add(message: FcmMessage): Promise<void> {
    const owner = await this.ownerOf(message.token);
    const push = pushOf(message);
    this.received.push({ push, owner });
    const { platform, token, title, body } = push;
    const text = [`Push to ${platform} …${token.slice(-4)}`, title, body]
      .filter((part) => part !== undefined)
      .join(': ');
    this.say(styleText('bold', printable(text)));
    this.events.emit('push', push, owner);
  }

  /** Answers with the pushes of a user or of everybody, newest last, or with a stream of new ones. */
  show(request: IncomingMessage, response: ServerResponse): void {
    const user = new URL(request.url ?? '', 'http://local').searchParams.get('user');
    const isFor = (owner: string | undefined) => user === null || owner === user;
    if (request.headers.accept?.includes('text/event-stream')) this.stream(response, isFor);
    else {
      const pushes = this.received.filter(({ owner }) => isFor(owner)).map(({ push }) => push);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ pushes }));
    }
  }

  private stream(response: ServerResponse, isFor: (owner: string | undefined) => boolean): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const comment = () => void response.write(':\n\n');
    comment();
    const show = (push: Push, owner: string | undefined) => {
      if (isFor(owner)) response.write(`data: ${JSON.stringify(push)}\n\n`);
    };
    const timer = setInterval(comment, keepAliveMs).unref();
    this.events.on('push', show);
    response.once('close', () => {
      clearInterval(timer);
      this.events.off('push', show);
    });
  }
}

/** A message has a block only for the platform of its device. */
function pushOf({ token, notification, data = {}, android, apns }: FcmMessage): Push {
  const platform = android ? 'android' : apns ? 'ios' : 'web';
  const { title, body } = notification ?? {};
  return { at: new Date().toISOString(), token, platform, title, body, data };
}
