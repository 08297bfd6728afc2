import { Component, createRef } from 'preact';
import type { OpenChat } from '../../state/open-chat.ts';
import type { AppContext } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { wordsFor } from '../problem-text.ts';
import { MessageRow } from './message-row.tsx';
import { shownMessages } from './shown-messages.ts';
import { UpcomingRows } from './upcoming-rows.tsx';

/** Closer to the end than this, the list follows new messages. Pixels. */
const nearEnd = 80;
/** Closer to the beginning than this, it loads older messages. Pixels. */
const nearBeginning = 200;

interface ListProps {
  open: OpenChat;
  app: AppContext;
  onMeet(): unknown;
}

/** Where the user was before an update. */
interface Place {
  followsEnd: boolean;
  /** Pixels. */
  fromEnd: number;
  hadFocus: boolean;
}

/** What the list showed after an update. */
interface Content {
  /** The number of the first message. */
  firstSeq: number | undefined;
  /** How many messages and questions the user has on their way. */
  ownUpcoming: number;
}

/**
 * The messages of a chat and what will become messages. It keeps its place while the user reads, loads older messages at
 * its beginning, and marks what is on the screen as read.
 */
export class MessageList extends Component<ListProps, { loadingOlder: boolean; atEnd: boolean }> {
  override state = { loadingOlder: false, atEnd: true };
  private readonly ref = createRef<HTMLDivElement>();
  private readonly resizes = new ResizeObserver(() => this.followsEnd && this.scrollToEnd());
  /** Whether the end was in view at the last scroll or update. */
  private followsEnd = true;
  private shown: Content = { firstSeq: undefined, ownUpcoming: 0 };
  /** The number of the first message of the chat, once it is known. */
  private beginning: number | undefined;

  override render({ open, app, onMeet }: ListProps) {
    const { session, texts } = app;
    const messages = shownMessages(open, session.user?.id ?? '', texts);
    const { unread } = open.realtime;
    return (
      <div class="log">
        <div
          ref={this.ref}
          class="messages"
          role="log"
          aria-label={texts.messages}
          aria-busy={this.state.loadingOlder}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: makes the list scrollable by keyboard
          tabIndex={0}
          onScroll={this.scrolled}
        >
          {messages.map((shown) => (
            <MessageRow key={shown.message.seq} {...shown} open={open} app={app} onMeet={onMeet} />
          ))}
          <UpcomingRows open={open} texts={texts} />
        </div>
        {!this.state.atEnd && (
          <Button
            class="newest"
            aria-label={unread ? `${texts.toNewest}: ${texts.unread(unread)}` : texts.toNewest}
            onPress={this.jumpToEnd}
          >
            {unread > 0 && <span class="badge">{unread}</span>}
            <Icon name="newest" />
          </Button>
        )}
      </div>
    );
  }

  override componentDidMount(): void {
    this.resizes.observe(this.element);
    document.addEventListener('visibilitychange', this.markRead);
    this.shown = this.content;
    this.scrollToEnd();
    this.markRead();
  }

  override getSnapshotBeforeUpdate(): Place {
    const { element } = this;
    const fromEnd = element.scrollHeight - element.scrollTop;
    return { followsEnd: this.isAtEnd(), fromEnd, hadFocus: element.contains(document.activeElement) };
  }

  /** Keeps what the user reads in its place when older messages come in above, and shows what they have just sent. */
  override componentDidUpdate(_props: ListProps, _state: object, { followsEnd, fromEnd, hadFocus }: Place): void {
    const { element, shown: before, content } = this;
    this.shown = content;
    const addedOlder = before.firstSeq !== undefined && before.firstSeq !== content.firstSeq;
    const isFirstPage = before.firstSeq === undefined && content.firstSeq !== undefined;
    if (isFirstPage) this.scrollToUnread();
    else if (addedOlder) element.scrollTop = element.scrollHeight - fromEnd;
    else if (followsEnd || content.ownUpcoming > before.ownUpcoming) this.scrollToEnd();
    // What had the focus is gone: the focus stays in the list.
    if (hadFocus && document.activeElement === document.body) element.focus({ preventScroll: true });
    this.markRead();
  }

  override componentWillUnmount(): void {
    this.resizes.disconnect();
    document.removeEventListener('visibilitychange', this.markRead);
  }

  private scrollToEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
    this.followsEnd = true;
  }

  /** To the end, or to the first unread message if the unread ones do not fit on the screen. */
  private scrollToUnread(): void {
    const { element } = this;
    this.scrollToEnd();
    const { top } = element.getBoundingClientRect();
    const above = top - (element.querySelector('.unread')?.getBoundingClientRect().top ?? top);
    if (above <= 0) return;
    element.scrollTop -= above;
    this.followsEnd = this.isAtEnd();
  }

  /** Marks the messages on the screen as read, if the user can see the page. */
  private readonly markRead = () => {
    if (document.hidden) return;
    const { bottom } = this.element.getBoundingClientRect();
    let row = this.element.lastElementChild;
    while (row && !(seqOf(row) && row.getBoundingClientRect().top < bottom)) row = row.previousElementSibling;
    if (row) this.props.open.realtime.markRead(seqOf(row));
  };

  private get element(): HTMLDivElement {
    if (!this.ref.current) throw new Error('The list is not on the page.');
    return this.ref.current;
  }

  private get content(): Content {
    const { realtime, questions } = this.props.open;
    return { firstSeq: realtime.reader.messages[0]?.seq, ownUpcoming: realtime.outbox.all.length + questions.size };
  }

  private isAtEnd(): boolean {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < nearEnd;
  }

  private readonly jumpToEnd = () => {
    this.scrollToEnd();
    this.element.focus({ preventScroll: true });
  };

  private readonly scrolled = () => {
    this.followsEnd = this.isAtEnd();
    if (this.followsEnd !== this.state.atEnd) this.setState({ atEnd: this.followsEnd });
    this.markRead();
    if (this.element.scrollTop < nearBeginning) void this.loadOlder();
  };

  private async loadOlder(): Promise<void> {
    const { firstSeq } = this.content;
    // The list may have begun anew with the newest page.
    if (this.state.loadingOlder || (firstSeq !== undefined && firstSeq === this.beginning)) return;
    this.setState({ loadingOlder: true });
    try {
      const more = await this.props.open.realtime.loadOlder();
      if (!more) this.beginning = this.content.firstSeq;
    } catch (error) {
      // Not `attempt`: it would clear what the user is reading at the top of the page.
      this.props.app.notify(wordsFor(error));
    }
    this.setState({ loadingOlder: false });
  }
}

const seqOf = (row: Element) => (row instanceof HTMLElement ? Number(row.dataset.seq ?? 0) : 0);
