import type { Chat } from '../../../shared/contract/chats.ts';
import { type App, attempt, wordsFor } from './app.ts';
import { ChatView } from './chat.ts';
import { askFor, avatar, button, el, notice, type Row, showRows } from './dom.ts';

/** There is no socket of a user, only of a chat: the others are asked about so often. Milliseconds. */
const listEvery = 5000;

/** What stands in the address. */
const asked = (what: 'chat' | 'join') => new URLSearchParams(location.hash.slice(1)).get(what);

/** The chats of who is signed in, and the one that is open. */
export class Home {
  readonly element: HTMLElement;
  private readonly app: App;
  private readonly list = el('ul', { className: 'chats' });
  private readonly place = el('div', { className: 'place' });
  private readonly clock = setInterval(() => document.hidden || void this.refresh(), listEvery);
  private readonly rerender: () => void;
  private chats: Chat[] = [];
  private open: { id: string; view: ChatView } | undefined;

  constructor(app: App, switches: HTMLElement, rerender: () => void) {
    this.app = app;
    this.rerender = rerender;
    this.element = el('main', { className: 'home' }, this.sidebar(switches), this.place);
    window.addEventListener('hashchange', this.follow);
    void this.follow();
  }

  close(): void {
    clearInterval(this.clock);
    window.removeEventListener('hashchange', this.follow);
    this.open?.view.close();
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
    this.list.ariaLabel = texts.chats;
    switches.append(button(texts.signOut, signOut, { className: 'quiet' }));
    return el('nav', { className: 'sidebar', ariaLabel: texts.chats }, me, actions, this.list, switches);
  }

  /** Asks for a line, and opens the chat that came of it. */
  private async ask(label: string, make: (line: string) => Promise<string | undefined>): Promise<void> {
    const line = await askFor(label, this.app.texts);
    if (line === undefined) return;
    await attempt(this.app.texts, async () => {
      const chatId = await make(line);
      if (chatId) location.hash = `chat=${chatId}`;
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
    if (done) this.rerender();
  }

  /** Does what the address says: `#chat=ID` opens a chat, `#join=CODE` joins one. */
  private readonly follow = async () => {
    const code = asked('join');
    if (!code) return this.refresh();
    const joined = await attempt(this.app.texts, async () => location.replace(`#chat=${await this.join(code)}`));
    if (!joined) location.replace('#');
  };

  private show(chatId: string | null): void {
    const { texts } = this.app;
    // One that is no longer mine stays on the screen, and says so.
    if (chatId !== null && chatId === this.open?.id) return;
    const chat = this.chats.find(({ id }) => id === chatId);
    this.element.classList.toggle('open', chat !== undefined);
    if (!chat && !this.open && this.place.hasChildNodes()) return;
    this.open?.view.close();
    const events = { onBack: () => location.assign('#'), onNewest: (content: string) => this.newest(content) };
    this.open = chat && { id: chat.id, view: new ChatView(this.app, chat, events) };
    this.place.replaceChildren(this.open?.view.element ?? el('p', { className: 'empty' }, texts.chooseChat));
    this.open?.view.focus();
  }

  /** The list is asked for now and then; the open chat knows at once. */
  private newest(content: string): void {
    const chat = this.chats.find(({ id }) => id === this.open?.id);
    if (!chat || chat.lastMessage === content) return;
    chat.lastMessage = content;
    this.showList();
  }

  private async refresh(): Promise<void> {
    try {
      this.chats = (await this.app.api.listChats()).chats;
      this.show(asked('chat'));
      const chat = this.chats.find(({ id }) => id === this.open?.id);
      if (chat) this.open?.view.update(chat);
      this.showList();
    } catch (error) {
      // An open chat says by itself that there is no connection.
      if (!this.open) notice(wordsFor(this.app.texts, error));
    }
  }

  private showList(): void {
    const { texts } = this.app;
    const none = { key: 'none', version: '', make: () => el('li', { className: 'empty' }, texts.noChats) };
    showRows(this.list, this.chats.length > 0 ? this.chats.map((chat) => this.row(chat)) : [none]);
  }

  private row({ id, name, lastMessage = '', unreadCount }: Chat): Row {
    const isOpen = id === this.open?.id;
    const count = isOpen ? 0 : unreadCount;
    return {
      key: id,
      version: JSON.stringify([name, lastMessage, count, isOpen]),
      make: () => {
        const badge = el('span', { className: 'badge', ariaLabel: this.app.texts.unread(count) }, String(count));
        badge.role = 'img';
        const link = el(
          'a',
          { href: `#chat=${id}`, ariaCurrent: isOpen ? 'true' : 'false' },
          avatar(id, name),
          el('span', { className: 'about' }, el('strong', {}, name), el('small', {}, lastMessage)),
          count > 0 && badge,
        );
        return el('li', {}, link);
      },
    };
  }
}
