import type { Chat } from '#shared/contract/chats/chat.ts';
import type { MyChats } from '../state/my-chats.ts';
import type { Texts } from '../texts/en.ts';
import { avatar, el } from './dom.ts';
import { type Row, RowList } from './row-list.ts';

/** My chats, each with its newest message and how many I haven't read. */
export class ChatList {
  private readonly rows = new RowList(el('ul', { className: 'chats' }));
  readonly element = this.rows.element;
  private readonly mine: MyChats;
  private readonly texts: Texts;

  constructor(mine: MyChats, texts: Texts) {
    this.mine = mine;
    this.texts = texts;
    this.element.ariaLabel = texts.chats;
  }

  show(): void {
    const { all } = this.mine;
    const none = { key: 'none', version: '', make: () => el('li', { className: 'empty' }, this.texts.noChats) };
    // Before the first answer nothing is known, not even that there are none.
    if (all) this.rows.show(all.length > 0 ? all.map((chat) => this.row(chat)) : [none]);
  }

  private row(chat: Chat): Row {
    const { texts } = this;
    const { id, name } = chat;
    const isOpen = id === this.mine.open?.chat.id;
    const count = isOpen ? 0 : chat.unreadCount;
    const newest = this.newestIn(chat);
    return {
      key: id,
      version: JSON.stringify([name, newest, count, isOpen]),
      make: () => {
        const badge = el('span', { className: 'badge', role: 'img', ariaLabel: texts.unread(count) }, String(count));
        const link = el(
          'a',
          { href: `#chat=${id}`, ariaCurrent: String(isOpen) },
          avatar(id, name),
          el('span', { className: 'about' }, el('strong', {}, name), el('small', {}, newest)),
          count > 0 && badge,
        );
        return el('li', {}, link);
      },
    };
  }

  /** The list is asked for now and then; the open chat knows at once. In the others something of mine may wait. */
  private newestIn({ id, lastMessage = '' }: Chat): string {
    const { open } = this.mine;
    if (id === open?.chat.id) return open.realtime.reader.messages.at(-1)?.content ?? lastMessage;
    const waiting = this.mine.unsentIn(id).outbox.all.at(-1);
    return waiting ? this.texts.unsent(waiting.content) : lastMessage;
  }
}
