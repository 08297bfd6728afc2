import { EventEmitter, once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Chaos } from '../../infra/local/aws/chaos.ts';
import type { ConnectionState } from '../../infra/local/playground/client/realtime/inbox/chat-link.ts';
import { ChatSender } from '../../infra/local/playground/client/realtime/inbox/chat-sender.ts';
import { Inbox } from '../../infra/local/playground/client/realtime/inbox/inbox.ts';
import { Outbox } from '../../infra/local/playground/client/realtime/outbox.ts';
import { ChatRealtime } from '../../infra/local/playground/client/realtime/realtime.ts';
import { times } from '../../infra/local/playground/client/realtime/times.ts';
import { Api } from '../../infra/local/playground/client/rest/api.ts';
import { Session, type Tokens } from '../../infra/local/playground/client/rest/session.ts';
import { Runner } from '../../infra/local/runner.ts';
import { type Json, request } from './api-client.ts';
import { type Network, startNetwork } from './network.ts';
import { newGroup, newPerson, type Person } from './people.ts';
import { aws } from './stand-ins/aws.ts';

/** A runner, and the playground's client without its page, each test's behind a network of its own. */
class Chats {
  private runner: Runner | undefined;
  private behind: Network | undefined;
  private readonly running: { close(): Promise<void> }[] = [];

  async start(chaos?: Chaos): Promise<void> {
    Object.assign(times.reconnect, { first: 50, max: 200 });
    Object.assign(times.gap, { first: 50 });
    Object.assign(times.repeat, { first: 50, max: 500 });
    Object.assign(times, { answer: 1000, sync: 3000, eviction: { within: 1000, wait: 200 } });
    const shared = { dynamodb: inject('dynamodb'), secrets: aws.secrets };
    // Pushes wait eight seconds for nothing here; files a minute for messages that are being sent.
    const queueDelay = (seconds: number) => (seconds < 60 ? seconds * 15 : seconds * 1000);
    this.runner = await Runner.start({ port: 0, ...shared, chaos, queueDelay, log: () => {} });
  }

  end = async () => this.runner?.close();

  async connect(): Promise<void> {
    this.behind = await startNetwork(this.runner?.url ?? '');
  }

  disconnect(): void {
    for (const chat of this.running.splice(0)) void chat.close();
    this.behind?.close();
  }

  get network(): Network {
    if (!this.behind) throw new Error('There is a network only while a test runs.');
    return this.behind;
  }

  signIn({ id, token, refreshToken }: Person) {
    let kept: Tokens | undefined = { user: { id, name: 'Anna' }, accessToken: token, refreshToken };
    const saved: (Tokens | undefined)[] = [];
    const session = new Session({
      load: () => kept,
      save: (tokens) => {
        kept = tokens;
        saved.push(tokens);
      },
    });
    return { api: new Api(this.network.url, session), session, saved };
  }

  /** A chat that is open on somebody's screen, with an inbox of its own behind the network. */
  open(person: Person, chatId: string, outbox = new Outbox()) {
    const changes = new EventEmitter();
    const changed = () => void changes.emit('change');
    const { api } = this.signIn(person);
    const drafts: string[] = [];
    const onDrafts = () => {
      drafts.push(...realtime.drafts.texts.values());
      changed();
    };
    const key = { chatId, userId: person.id, inbox: new Inbox(api, person.id) };
    const opening = { lastSeq: 0, unreadCount: 0 };
    const { inbox } = key;
    const sending = new ChatSender({ ...key, outbox }, changed);
    const realtime = new ChatRealtime(
      api,
      { ...key, sending, opening },
      { onMessages: changed, onState: changed, onDrafts },
    );
    const close = () => {
      inbox.stop();
      sending.stop();
      return realtime.stop();
    };
    this.running.push({ close });
    const until = async (holds: () => boolean) => {
      while (!holds()) await once(changes, 'change');
    };
    const untilIn = (name: ConnectionState['name']) => until(() => realtime.state.name === name);
    inbox.start();
    sending.start();
    realtime.start();
    return { api, inbox, realtime, until, untilIn, drafts, close };
  }

  /** A request that does not go through the network. */
  async ask(person: Person, method: string, path: string, body?: object): Promise<Json> {
    const answer = await request(this.runner?.url ?? '', method, path, { token: person.token, body });
    expect(answer.status).toBe(200);
    return answer.body;
  }

  async historyOf(chatId: string, person: Person): Promise<Message[]> {
    return (await this.ask(person, 'GET', `/chats/${chatId}/messages`)).messages;
  }

  say = (chatId: string, person: Person, content: string): Promise<Json> =>
    this.ask(person, 'POST', `/chats/${chatId}/messages`, { content });
}

/** For all tests of a file. */
export function useChats(chaos?: Chaos): Chats {
  const chats = new Chats();
  beforeAll(() => chats.start(chaos));
  afterAll(() => chats.end());
  beforeEach(() => chats.connect());
  afterEach(() => chats.disconnect());
  return chats;
}

export async function chatOfTwo() {
  const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
  const { id: chatId } = await newGroup(anna, boris);
  return { anna, boris, chatId };
}

export const lastOf = ({ reader }: ChatRealtime) => reader.messages.at(-1);
