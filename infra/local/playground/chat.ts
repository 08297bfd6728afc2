import type { Chat } from '../../../shared/contract/chats.ts';
import { ApiProblem } from './api.ts';
import { type App, attempt, wordsFor } from './app.ts';
import { Composer } from './composer.ts';
import { avatar, button, el, notice, showRows } from './dom.ts';
import { createMeeting } from './meeting.ts';
import { ChatRealtime, type State } from './realtime.ts';
import { draftRow, messageRows, outgoingRow } from './rows.ts';

/** An answer that does not grow for so long is not written any more: the assistant has failed. Milliseconds. */
const draftPatience = 30_000;

/** One chat on the screen. */
export class ChatView {
  readonly element = el('section', { className: 'chat' });
  private readonly app: App;
  private chat: Chat;
  private readonly head = el('header');
  private readonly onBack: () => void;
  private readonly onNewest: (content: string) => void;
  private readonly realtime: ChatRealtime;
  private readonly status = el('p', { className: 'status', role: 'status' });
  private readonly list = el('div', { className: 'messages', role: 'log', tabIndex: 0 });
  private readonly composer: Composer;
  /** Names of those who have written nothing yet. */
  private readonly names = new Map<string, string>();
  /** Answers that are being written, by the id that they will have. */
  private readonly drafts = new Map<string, string>();
  private draftTimer: ReturnType<typeof setTimeout> | undefined;
  private othersRead = 0;
  /** Whether the newest message is on the screen: the next one comes into it, too. */
  private atEnd = true;
  private markedRead: number;
  private readingOlder = false;
  private noOlder = false;
  private readonly clock = setInterval(() => this.showState(), 1000);

  constructor(app: App, chat: Chat, { onBack, onNewest }: { onBack(): void; onNewest(content: string): void }) {
    const { api, texts, user } = app;
    this.app = app;
    this.onBack = onBack;
    this.onNewest = onNewest;
    this.chat = chat;
    this.markedRead = chat.lastSeq - chat.unreadCount;
    this.list.ariaLabel = texts.messages;
    this.composer = new Composer(app, chat.id, {
      onSay: () => this.toEnd(),
      send: (content) => this.realtime.send(content),
    });
    this.element.append(this.head, this.status, this.list, this.composer.element);
    this.realtime = new ChatRealtime(
      api,
      { chatId: chat.id, userId: user.id },
      {
        onMessages: () => this.show(),
        onState: ({ name }) => {
          this.showState();
          if (name === 'live') this.learnAboutOthers().catch(() => {});
        },
        onRead: ({ userId, seq }) => this.read(userId, seq),
        onDelta: (more) => this.drafted(more),
      },
    );
    this.list.onscroll = () => this.scrolled();
    document.addEventListener('visibilitychange', this.woken);
    window.addEventListener('online', this.woken);
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.list);
    this.update(chat);
    this.realtime.start();
  }

  close(): void {
    this.realtime.stop();
    clearInterval(this.clock);
    document.removeEventListener('visibilitychange', this.woken);
    window.removeEventListener('online', this.woken);
  }

  focus(): void {
    this.composer.focus();
  }

  private readonly woken = () => {
    if (document.hidden) return;
    this.realtime.wake();
    this.markRead();
  };

  /** Shows what has changed about the chat. */
  update(chat: Chat): void {
    this.chat = chat;
    const { texts } = this.app;
    const { id, name, type, participantIds, inviteCode } = chat;
    const about = type === 'direct' ? texts.directChat : texts.participants(participantIds.length);
    const invite = async () => {
      await navigator.clipboard.writeText(`${location.origin}/#join=${inviteCode}`).catch(() => {});
      notice(texts.inviteCopied);
    };
    const row = {
      key: 'about',
      version: JSON.stringify([name, about, inviteCode]),
      make: () =>
        el(
          'div',
          {},
          button('‹', this.onBack, { className: 'back', ariaLabel: texts.back }),
          avatar(id, name),
          el('div', { className: 'about' }, el('h2', {}, name), el('small', {}, about)),
          inviteCode !== undefined && button(texts.invite(inviteCode), invite),
          button(texts.meet, () => createMeeting(this.app, this.chat.id)),
        ),
    };
    showRows(this.head, [row]);
  }

  /** What the messages don't tell: who is there and how far they have read. */
  private async learnAboutOthers(): Promise<void> {
    const { api, user } = this.app;
    const { id, type, name, participantIds } = this.chat;
    const { reads } = await api.listReads(id);
    for (const { userId, seq } of reads) this.read(userId, seq);
    if (type === 'direct')
      for (const userId of participantIds) this.names.set(userId, userId === user.id ? user.name : name);
    else for (const member of (await api.getGroup(id)).group.members) this.names.set(member.userId, member.name);
    this.show();
  }

  private drafted({ messageId, delta }: { messageId: string; delta: string }): void {
    this.drafts.set(messageId, (this.drafts.get(messageId) ?? '') + delta);
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => {
      this.drafts.clear();
      this.show();
    }, draftPatience);
    this.show();
  }

  private read(userId: string, seq: number): void {
    if (userId === this.app.user.id) return;
    this.othersRead = Math.max(this.othersRead, seq);
    this.show();
  }

  private show(): void {
    const { texts, user } = this.app;
    const { reader, outbox } = this.realtime;
    const { messages } = reader;
    this.onNewest(messages.at(-1)?.content ?? '');
    for (const { id, userId, userName } of messages) {
      this.drafts.delete(id);
      this.names.set(userId, userName);
    }
    const shown = {
      texts,
      userId: user.id,
      readSeq: this.othersRead,
      nameOf: (userId: string) => this.names.get(userId),
      onRetry: (clientId: string) => this.realtime.retry(clientId),
      onMeet: () => void createMeeting(this.app, this.chat.id),
    };
    // Looked at anew: the user may have scrolled since the last event told of it.
    const atEnd = this.isAtEnd();
    const fromEnd = this.list.scrollHeight - this.list.scrollTop;
    const rows = [
      ...messageRows(messages, shown),
      ...Array.from(this.drafts, ([id, content]) =>
        draftRow(id, this.names.get('assistant') ?? 'Assistant', content, texts),
      ),
      ...outbox.all.map((outgoing) => outgoingRow(outgoing, shown)),
    ];
    showRows(this.list, rows);
    // What came before pushes down what is on the screen: it stays where it was.
    if (this.readingOlder) this.list.scrollTop = this.list.scrollHeight - fromEnd;
    else if (atEnd) this.toEnd();
    this.markRead();
  }

  private showState(): void {
    this.status.textContent = this.stateWords(this.realtime.state);
    this.status.dataset.state = this.realtime.state.name;
  }

  private stateWords(state: State): string {
    const { texts } = this.app;
    if (state.name === 'ended') return wordsFor(texts, new ApiProblem(403, { code: state.code, title: state.code }));
    if (state.name !== 'waiting') return texts.states[state.name];
    if (!navigator.onLine) return texts.states.offline;
    return texts.states.waiting(Math.max(0, Math.ceil((state.until - Date.now()) / 1000)));
  }

  private isAtEnd(): boolean {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80;
  }

  private toEnd(): void {
    this.list.scrollTop = this.list.scrollHeight;
    this.atEnd = true;
  }

  private scrolled(): void {
    this.atEnd = this.isAtEnd();
    this.markRead();
    if (this.list.scrollTop < 200) void this.readOlder();
  }

  private async readOlder(): Promise<void> {
    if (this.readingOlder || this.noOlder) return;
    this.readingOlder = true;
    this.list.ariaBusy = 'true';
    await attempt(this.app.texts, async () => {
      this.noOlder = !(await this.realtime.loadOlder());
    });
    this.readingOlder = false;
    this.list.ariaBusy = 'false';
  }

  /** Whatever message is on the screen of somebody who looks is read. */
  private markRead(): void {
    if (document.hidden) return;
    const { bottom } = this.list.getBoundingClientRect();
    const seen = Array.from(this.list.children).findLast(
      (row) => (row as HTMLElement).dataset.seq && row.getBoundingClientRect().top < bottom,
    );
    const seq = Number((seen as HTMLElement | undefined)?.dataset.seq ?? 0);
    if (seq <= this.markedRead) return;
    const before = this.markedRead;
    this.markedRead = seq;
    this.app.api.markRead(this.chat.id, seq).catch(() => {
      this.markedRead = Math.min(this.markedRead, before);
    });
  }
}
