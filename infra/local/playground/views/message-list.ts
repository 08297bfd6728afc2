import type { OpenChat } from '../state/open-chat.ts';
import { attempt } from './context.ts';
import { el } from './dom.ts';
import { RowList } from './row-list.ts';
import { draftRow, messageRows, outgoingRow, questionRow, type Shown } from './rows.ts';

/** Pixels from the end that still count as the end. */
const nearEnd = 80;
/** Pixels from the beginning at which what was before is read. */
const nearBeginning = 200;

const rows = () => new RowList(el('div', { className: 'rows' }));

/** The messages of a chat, and what is to become messages; it scrolls, and what is seen in it is read. */
export class MessageList {
  readonly element = el('div', { className: 'messages', role: 'log', tabIndex: 0 });
  private readonly open: OpenChat;
  private readonly shown: Omit<Shown, 'readSeq'>;
  private readonly history = rows();
  private readonly upcoming = rows();
  private readonly sizes = new ResizeObserver(() => this.atEnd && this.toEnd());
  /** Whether the newest message is on the screen: the next one comes into it, too. */
  private atEnd = true;
  /** The number of the first message that is shown. */
  private oldest: number | undefined;
  private readingOlder = false;
  private noOlder = false;

  constructor(open: OpenChat, shown: Omit<Shown, 'readSeq'>) {
    this.open = open;
    this.shown = shown;
    this.element.ariaLabel = shown.texts.messages;
    this.element.append(this.history.element, this.upcoming.element);
    this.element.onscroll = () => this.scrolled();
    this.sizes.observe(this.element);
  }

  close(): void {
    this.sizes.disconnect();
  }

  showMessages(): void {
    const { messages } = this.open.realtime.reader;
    const oldest = messages[0]?.seq;
    this.keepPlace(this.oldest !== oldest && this.oldest !== undefined, () => {
      this.history.show(messageRows(messages, { ...this.shown, readSeq: this.open.readByOthers(this.shown.userId) }));
      this.updateUpcoming();
    });
    this.oldest = oldest;
    this.markRead();
  }

  showUpcoming(): void {
    this.keepPlace(false, () => this.updateUpcoming());
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
    this.atEnd = true;
  }

  /** A message that is on the screen is read, while somebody looks at it. */
  markRead(): void {
    if (document.hidden) return;
    const { bottom } = this.element.getBoundingClientRect();
    let row = this.history.element.lastElementChild;
    while (row && !(seqOf(row) && row.getBoundingClientRect().top < bottom)) row = row.previousElementSibling;
    if (row) this.open.markRead(seqOf(row));
  }

  private updateUpcoming(): void {
    const { realtime, questions } = this.open;
    this.upcoming.show([
      ...Array.from(questions, ([name, question]) => questionRow(name, question, this.shown.texts)),
      ...Array.from(realtime.drafts.texts, ([id, text]) => draftRow(id, text, this.shown.texts)),
      ...realtime.outbox.all.map((outgoing) => outgoingRow(outgoing, this.shown)),
    ]);
  }

  /** What came before pushes down what is on the screen: that stays where it was. What comes after is scrolled to at the end. */
  private keepPlace(older: boolean, change: () => void): void {
    // Looked at anew: the user may have scrolled since the last event told of it.
    const atEnd = this.isAtEnd();
    const fromEnd = this.element.scrollHeight - this.element.scrollTop;
    change();
    if (older) this.element.scrollTop = this.element.scrollHeight - fromEnd;
    else if (atEnd) this.toEnd();
  }

  private isAtEnd(): boolean {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < nearEnd;
  }

  private scrolled(): void {
    this.atEnd = this.isAtEnd();
    this.markRead();
    if (this.element.scrollTop < nearBeginning) void this.readOlder();
  }

  private async readOlder(): Promise<void> {
    if (this.readingOlder || this.noOlder) return;
    this.readingOlder = true;
    this.element.ariaBusy = 'true';
    await attempt(this.shown.texts, async () => {
      this.noOlder = !(await this.open.realtime.loadOlder());
    });
    this.readingOlder = false;
    this.element.ariaBusy = 'false';
  }
}

const seqOf = (row: Element) => Number((row as HTMLElement).dataset.seq ?? 0);
