import { ChatView } from './chat.ts';
import { ChatList } from './chat-list.ts';
import { type App, attempt, wordsFor } from './context.ts';
import { askFor } from './dialog.ts';
import { avatar, button, el, notice } from './dom.ts';

/** There is no socket of a user, only of a chat: the others are asked about so often. Milliseconds. */
const listEvery = 5000;

/** What stands in the address. */
const asked = (what: 'chat' | 'join') => new URLSearchParams(location.hash.slice(1)).get(what);

/** The chats of the user, and the one that is open. */
export class Home {
  readonly element: HTMLElement;
  private readonly app: App;
  private readonly list: ChatList;
  private readonly place = el('div', { className: 'place' });
  private readonly clock = setInterval(() => document.hidden || void this.refresh(), listEvery);
  private readonly rerender: () => void;
  private view: ChatView | undefined;
  /** Nothing that was asked for before is shown any more: another view is in the place of this one. */
  private closed = false;

  constructor(app: App, switches: HTMLElement, rerender: () => void) {
    this.app = app;
    this.rerender = rerender;
    this.list = new ChatList(app.mine, app.texts);
    this.element = el('main', { className: 'home' }, this.sidebar(switches), this.place);
    window.addEventListener('hashchange', this.follow);
    void this.follow();
  }

  /** The chat stays open: another view may go on with it. */
  close(): void {
    this.closed = true;
    clearInterval(this.clock);
    window.removeEventListener('hashchange', this.follow);
    this.view?.close();
  }

  private sidebar(switches: HTMLElement): HTMLElement {
    const { api, session, user, texts } = this.app;
    const signOut = async () => {
      await attempt(texts, () => api.logout());
      session.end();
    };
    const actions = el(
      'div',
      { className: 'buttons' },
      button(texts.newGroup, () => this.ask(texts.groupName, async (name) => (await api.createGroup(name)).group.id)),
      button(texts.join, () => this.ask(texts.inviteCode, (code) => this.join(code))),
      button(texts.direct, () => this.ask(texts.directHint, (who) => this.direct(who))),
    );
    const me = el(
      'header',
      {},
      avatar(user.id, user.name),
      el('h1', {}, user.name),
      button(texts.rename, () => this.rename(), { className: 'quiet' }),
    );
    switches.append(button(texts.signOut, signOut, { className: 'quiet' }));
    return el('nav', { className: 'sidebar', ariaLabel: texts.chats }, me, actions, this.list.element, switches);
  }

  /** Asks for a line, and opens the chat that came of it. */
  private async ask(label: string, make: (line: string) => Promise<string | undefined>): Promise<void> {
    const line = await askFor(label, this.app.texts);
    if (line === undefined) return;
    await attempt(this.app.texts, async () => {
      const chatId = await make(line);
      if (chatId && !this.closed) location.hash = `chat=${chatId}`;
    });
  }

  private async join(inviteCode: string): Promise<string> {
    return (await this.app.api.joinGroup(inviteCode)).group.id;
  }

  private async direct(who: string): Promise<string | undefined> {
    const { api, texts } = this.app;
    const { users } = await api.lookup(who.includes('@') ? { emails: [who] } : { phones: [who] });
    if (!users[0]) return void notice(texts.nobodyFound);
    return (await api.openDirect(users[0].id)).chat.id;
  }

  private async rename(): Promise<void> {
    const { api, session, texts, user } = this.app;
    const name = await askFor(texts.name, texts, user.name);
    if (name === undefined) return;
    const done = await attempt(texts, async () => session.rename((await api.updateMe(name)).user.name));
    if (done && !this.closed) this.rerender();
  }

  /** Does what the address says: `#chat=ID` opens a chat, `#join=CODE` joins one. */
  private readonly follow = async () => {
    const [code, chatId] = [asked('join'), asked('chat')];
    // What is known is shown at once, with or without a network.
    if (chatId === null || this.app.mine.has(chatId)) this.show();
    if (!code) return this.refresh();
    let next = '#';
    await attempt(this.app.texts, async () => {
      next = `#chat=${await this.join(code)}`;
    });
    if (!this.closed) location.replace(next);
  };

  private async refresh(): Promise<void> {
    const { mine, texts } = this.app;
    try {
      await mine.refresh();
    } catch (error) {
      // An open chat says by itself that there is no connection.
      if (!this.closed && !mine.open) notice(wordsFor(texts, error));
      return;
    }
    if (!this.closed) this.show();
  }

  private show(): void {
    const { mine, texts } = this.app;
    mine.select(asked('chat'));
    const { open } = mine;
    this.element.classList.toggle('open', open !== undefined);
    if (open && this.view?.open !== open) this.showChat(new ChatView(this.app, open, this.events));
    else if (!open && (this.view || !this.place.hasChildNodes())) {
      this.showChat(undefined);
      this.place.append(el('p', { className: 'empty' }, texts.chooseChat));
    }
    this.view?.showAbout();
    this.list.show();
  }

  private readonly events = { onBack: () => location.assign('#'), onMessages: () => this.list.show() };

  private showChat(view: ChatView | undefined): void {
    this.view?.close();
    this.view = view;
    this.place.replaceChildren(...(view ? [view.element] : []));
    view?.focus();
  }
}
