import type { OpenChat, Screen } from '../state/open-chat.ts';
import { Composer } from './composer.ts';
import { ConnectionLine } from './connection-line.ts';
import type { App } from './context.ts';
import { avatar, button, el, notice } from './dom.ts';
import { createMeeting } from './meeting.ts';
import { MessageList } from './message-list.ts';
import { RowList } from './row-list.ts';

interface Events {
  onBack(): void;
  /** Messages have come. */
  onMessages(): void;
}

/** The open chat on the screen. */
export class ChatView implements Screen {
  readonly element = el('section', { className: 'chat' });
  readonly open: OpenChat;
  private readonly app: App;
  private readonly events: Events;
  private readonly head = new RowList(el('header'));
  private readonly line: ConnectionLine;
  private readonly list: MessageList;
  private readonly composer: Composer;

  constructor(app: App, open: OpenChat, events: Events) {
    const { texts, user } = app;
    this.app = app;
    this.open = open;
    this.events = events;
    this.line = new ConnectionLine(texts);
    this.list = new MessageList(open, {
      texts,
      userId: user.id,
      nameOf: (userId) => open.nameOf(userId),
      onRetry: (clientId) => open.realtime.retry(clientId),
      onMeet: () => createMeeting(app, open.chat.id),
    });
    this.composer = new Composer(app, open, () => this.list.toEnd());
    this.element.append(this.head.element, this.line.element, this.list.element, this.composer.element);
    document.addEventListener('visibilitychange', this.woken);
    window.addEventListener('online', this.woken);
    open.screen = this;
    this.showAbout();
    this.showState();
    this.showMessages();
  }

  /** The chat stays open. */
  close(): void {
    if (this.open.screen === this) this.open.screen = undefined;
    this.list.close();
    this.line.close();
    document.removeEventListener('visibilitychange', this.woken);
    window.removeEventListener('online', this.woken);
  }

  focus(): void {
    this.composer.focus();
  }

  showMessages(): void {
    this.list.showMessages();
    this.events.onMessages();
  }

  showUpcoming(): void {
    this.list.showUpcoming();
    this.composer.show();
  }

  showState(): void {
    this.line.show(this.open.realtime.state);
  }

  /** What is known about the chat as a whole. */
  showAbout(): void {
    const { texts } = this.app;
    const { id, name, type, participantIds, inviteCode } = this.open.chat;
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
          button('‹', this.events.onBack, { className: 'back', ariaLabel: texts.back }),
          avatar(id, name),
          el('div', { className: 'about' }, el('h2', {}, name), el('small', {}, about)),
          inviteCode !== undefined && button(texts.invite(inviteCode), invite),
          button(texts.meet, () => createMeeting(this.app, id)),
        ),
    };
    this.head.show([row]);
  }

  private readonly woken = () => {
    if (document.hidden) return;
    this.open.realtime.wake();
    this.list.markRead();
  };
}
