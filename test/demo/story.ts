import { type ChatSocket, type Json, refusedStatus, request } from '../support/api-client.ts';
import {
  ask,
  type Backend,
  bold,
  call,
  dim,
  expect,
  hangUp,
  next,
  openSocket,
  type Person,
  receive,
  register,
  sendFrame,
  show,
  socketOf,
} from './telling.ts';

interface Chapter {
  title: string;
  play(): Promise<void>;
}

/** The message that Anna writes in a lift. Both tries are the same frame. */
const plan = { type: 'message', content: 'Saturday at nine?', clientId: 'anna-2' };

/** A conversation of three people, which checks every step. */
export class Story {
  anna!: Person;
  boris!: Person;
  private eve!: Person;
  group!: Json;
  private annas!: ChatSocket;
  private boriss!: ChatSocket;
  /** What is stored of `plan`. */
  private stored!: Json;
  /** The message that Anna deletes. */
  private slip!: Json;
  private readonly backend: Backend;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  readonly chapters: readonly Chapter[] = [
    { title: 'Three people create accounts.', play: () => this.createAccounts() },
    { title: 'Anna creates a group and gives Boris its invite code. He joins.', play: () => this.createGroup() },
    {
      title: 'Both open a socket and talk. Each message is stored, gets a number and reaches both.',
      play: () => this.talk(),
    },
    {
      title:
        'Anna writes from a lift. Boris gets her message, but her connection breaks before she sees that it was sent.',
      play: () => this.breakConnection(),
    },
    {
      title: 'Her app sends it again with the same clientId and gets the first message back. Nothing is stored twice.',
      play: () => this.retry(),
    },
    {
      title:
        'Boris asks for live frames and replies. Anna likes it, edits a message and deletes one. He sees it at once.',
      play: () => this.change(),
    },
    {
      title: 'Boris is in a tunnel. When he is back online, he asks for everything after the last number that he has.',
      play: () => this.catchUp(),
    },
    { title: 'Eve knows the address of the chat, but she is not in the group.', play: () => this.refuse() },
    { title: 'Boris asks the assistant. The answer reaches everyone in the group.', play: () => this.askAssistant() },
    { title: 'Anna links her Google account and creates a meeting.', play: () => this.meet() },
    { title: 'This is the chat as both see it now and will see it tomorrow:', play: () => this.readBack() },
  ];

  /** Plays all chapters. `onEnd` is called after each, with its number. */
  async play(onEnd: (number: number) => unknown = () => {}): Promise<void> {
    for (const [n, { title, play }] of this.chapters.entries()) {
      console.log(`\n${bold(`${n + 1}. ${title}`)}`);
      await play();
      await onEnd(n + 1);
    }
    this.annas.close();
    this.boriss.close();
  }

  private async createAccounts(): Promise<void> {
    this.anna = await register(this.backend, 'Anna');
    this.boris = await register(this.backend, 'Boris');
    this.eve = await register(this.backend, 'Eve');
  }

  private async createGroup(): Promise<void> {
    const { backend, anna, boris } = this;
    const { group } = await call(backend, anna, 'POST', '/groups', { name: 'Weekend', participantIds: [] });
    this.group = group;
    await call(backend, boris, 'POST', '/groups/join', { inviteCode: group.inviteCode });
  }

  private async talk(): Promise<void> {
    const { backend, anna, boris, group } = this;
    this.boriss = await openSocket(backend, boris, group.id);
    this.annas = await openSocket(backend, anna, group.id);
    sendFrame(anna, this.annas, { type: 'message', content: 'Hills or lake?', clientId: 'anna-1' });
    const [echo, received] = [await receive(anna, this.annas), await receive(boris, this.boriss)];
    expect(echo.seq === received.seq && received.content === 'Hills or lake?', 'both get the same frame');
    const { message: lake } = await call(backend, boris, 'POST', this.messages, { content: 'Lake!' });
    expect((await receive(anna, this.annas)).id === lake.id, 'what is sent over REST arrives on the sockets');
    await next(boris, this.boriss);
  }

  private async breakConnection(): Promise<void> {
    const { anna, boris } = this;
    sendFrame(anna, this.annas, plan);
    this.stored = await receive(boris, this.boriss);
    await hangUp(anna, this.annas, 'no connection');
  }

  private async retry(): Promise<void> {
    const { anna } = this;
    this.annas = await openSocket(this.backend, anna, this.group.id);
    sendFrame(anna, this.annas, plan);
    expect((await receive(anna, this.annas)).id === this.stored.id, 'a retry gives the first message back');
  }

  private async change(): Promise<void> {
    const { backend, anna, boris, stored } = this;
    await hangUp(boris, this.boriss, 'to connect with live frames');
    this.boriss = await openSocket(backend, boris, this.group.id, '&events=1');
    const draft = { content: 'Make it ten', replyToId: stored.id };
    const { message: reply } = await call(backend, boris, 'POST', this.messages, draft);
    expect(reply.replyTo.content === plan.content, 'a reply quotes the message');
    await next(boris, this.boriss);
    await next(anna, this.annas);
    await call(backend, anna, 'PUT', `${this.messages}/${reply.id}/reactions/${encodeURIComponent('👍')}`);
    const liked = await receive(boris, this.boriss);
    expect(liked.type === 'changed' && liked.message.reactions[0].count === 1, 'he sees the reaction');
    await call(backend, anna, 'PATCH', `${this.messages}/${stored.id}`, { content: 'Saturday at ten?' });
    const edited = await receive(boris, this.boriss);
    expect(edited.rev === liked.rev + 1 && edited.message.content === 'Saturday at ten?', 'he sees the edit');
    const { message: slip } = await call(backend, anna, 'POST', this.messages, { content: 'Wrong chat, sorry' });
    await next(anna, this.annas);
    await next(boris, this.boriss);
    await call(backend, anna, 'DELETE', `${this.messages}/${slip.id}`, {});
    const deleted = (await receive(boris, this.boriss)).message;
    expect(deleted.deletedAt && deleted.content !== slip.content, 'of a deleted message nothing is left but its place');
    this.slip = slip;
  }

  private async catchUp(): Promise<void> {
    const { backend, anna, boris } = this;
    await hangUp(boris, this.boriss, 'no connection');
    for (const content of ['I’ll bring the tent.', 'And the guitar!']) {
      sendFrame(anna, this.annas, { type: 'message', content });
      await next(anna, this.annas);
    }
    this.boriss = await openSocket(backend, boris, this.group.id);
    sendFrame(boris, this.boriss, { type: 'sync', after: this.slip.seq });
    const missed = [await receive(boris, this.boriss), await receive(boris, this.boriss)];
    const texts = missed.map(({ content }) => content).join(' ');
    expect(texts === 'I’ll bring the tent. And the guitar!', 'he gets both, in order');
    expect((await receive(boris, this.boriss)).seq === missed[1].seq, 'and learns that there is no more');
  }

  private async refuse(): Promise<void> {
    const { backend, eve } = this;
    const handshake = await refusedStatus(socketOf(backend, eve, this.group.id));
    show('Eve', '←', `${handshake}: refused`);
    const { status } = await ask(backend, eve, 'GET', this.messages);
    expect(handshake === 403 && status === 403, 'Eve is refused');
  }

  private async askAssistant(): Promise<void> {
    const question = { chatId: this.group.id, question: 'Shall we meet before?' };
    const asked = await ask(this.backend, this.boris, 'POST', '/ai/ask', question);
    if (asked.status !== 200) return;
    expect((await next(this.anna, this.annas)).id === asked.body.message.id, 'everyone gets the answer');
  }

  private async meet(): Promise<void> {
    const { backend, anna } = this;
    // The real Google accepts only a token from a real sign-in.
    const linked = await ask(backend, anna, 'POST', '/auth/gmail/token', { token: '4/from-google-sign-in' });
    if (linked.status !== 200) return;
    const { meetUrl } = await call(backend, anna, 'POST', '/google/meet/create', { chatId: this.group.id });
    expect((await next(anna, this.annas)).metadata.meetUrl === meetUrl, 'the link is posted into the chat');
  }

  private async readBack(): Promise<void> {
    const { body } = await request(this.backend.url, 'GET', this.messages, { token: this.boris.token });
    for (const { seq, type, userName, content } of body.messages)
      console.log(`   ${String(seq).padStart(3)}  ${type === 'system' ? dim(content) : `${userName}: ${content}`}`);
    const numbers = body.messages.map(({ seq }: Json) => seq);
    expect(numbers.join() === numbers.map((_: number, n: number) => n + 1).join(), 'the numbers have no gaps');
    const plans = body.messages.filter(({ clientId }: Json) => clientId === plan.clientId);
    expect(plans.length === 1, 'the message that was sent twice is stored once');
  }

  private get messages(): string {
    return `/chats/${this.group.id}/messages`;
  }
}
