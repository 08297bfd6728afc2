import { Component, createRef } from 'preact';
import { newId } from '../../client/new-id.ts';
import type { Timer } from '../../client/realtime/times.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { type Jump, maxKept } from '../../state/timeline.ts';
import type { AppContext } from '../context.ts';
import { wordsFor } from '../problem-text.ts';
import { onRowKey } from './actions/row-keys.ts';
import { replyBySwipe } from './actions/swipe.ts';
import { contentOf, nothing } from './list-content.ts';
import {
  isAtEnd,
  keepPlace,
  lowestSeq,
  nextPage,
  placesOf,
  scrollToEnd,
  scrollToMessage,
  scrollToUnread,
} from './list-scroll.ts';
import { MessageRows } from './message-rows.tsx';
import { NewestButton } from './newest-button.tsx';

/** How long a message is marked to which the user has jumped. */
const markedMs = 2500;

interface ListProps {
  open: OpenChat;
  app: AppContext;
  onMeet(): unknown;
  onJump(seq: number): unknown;
}

interface ListState {
  loading: boolean;
  atEnd: boolean;
  /** The number of the message to which the user has just jumped. */
  marked: number | undefined;
}

/** Where the user was before an update. */
interface Place {
  followsEnd: boolean;
  onScreen: ReturnType<typeof placesOf>;
  hadFocus: boolean;
}

/**
 * The messages of a chat and what will become messages. It keeps its place while the user reads, loads older messages at
 * its beginning, and marks what is on the screen as read.
 */
export class MessageList extends Component<ListProps, ListState> {
  override state: ListState = { loading: false, atEnd: true, marked: undefined };
  private readonly ref = createRef<HTMLDivElement>();
  private readonly resizes = new ResizeObserver(() => this.followsEnd && this.scrollToEnd());
  /** Whether the end was in view at the last scroll or update. */
  private followsEnd = true;
  private shown = nothing;
  private loading = false;
  private markTimer: Timer;
  private readonly keysId = `keys-${newId()}`;

  override render({ open, app, onMeet, onJump }: ListProps) {
    const { texts } = app;
    const { isPast } = open.timeline;
    const { count } = open.realtime.unread;
    const { loading, atEnd, marked } = this.state;
    return (
      <div class="log">
        <div
          ref={this.ref}
          class="messages"
          role="log"
          aria-label={texts.chat.messages}
          aria-busy={loading}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: makes the list scrollable by keyboard
          tabIndex={0}
          aria-describedby={this.keysId}
          onScroll={this.scrolled}
          onKeyDown={(event) => onRowKey(event, this.element, this.reply)}
        >
          <MessageRows open={open} app={app} marked={marked} onMeet={onMeet} onJump={onJump} />
        </div>
        <p id={this.keysId} class="hidden">
          {texts.chat.messageKeys}
        </p>
        {(!atEnd || isPast) && <NewestButton unread={count} texts={texts} onPress={this.jumpToEnd} />}
      </div>
    );
  }

  override componentDidMount(): void {
    this.resizes.observe(this.element);
    replyBySwipe(this.element, this.reply);
    document.addEventListener('visibilitychange', this.markRead);
    this.shown = contentOf(this.props.open);
    scrollToUnread(this.element);
    this.markRead();
  }

  override getSnapshotBeforeUpdate(): Place {
    const hadFocus = this.element.contains(document.activeElement);
    return { followsEnd: !this.shown.isPast && this.isAtEnd, onScreen: placesOf(this.element), hadFocus };
  }

  /** Keeps what the user reads in its place when messages come and go above, and shows what they have just sent. */
  override componentDidUpdate(_props: ListProps, _state: object, { followsEnd, onScreen, hadFocus }: Place): void {
    const { element, shown: before } = this;
    const content = contentOf(this.props.open);
    this.shown = content;
    const isFirstPage = before.firstSeq === undefined && content.firstSeq !== undefined;
    if (content.jumped && content.jumped !== before.jumped) this.show(content.jumped);
    else if (isFirstPage) scrollToUnread(element);
    else if (followsEnd || content.sent > before.sent) this.scrollToEnd();
    else keepPlace(element, onScreen);
    // What had the focus is gone: the focus stays in the list.
    if (hadFocus && document.activeElement === document.body) element.focus({ preventScroll: true });
    this.markRead();
    // A list that does not fill the screen can't be scrolled. A round may have replaced the messages by a first page.
    if (isFirstPage || content.rounds !== before.rounds) void this.loadNear();
  }

  override componentWillUnmount(): void {
    clearTimeout(this.markTimer);
    this.resizes.disconnect();
    document.removeEventListener('visibilitychange', this.markRead);
  }

  private scrollToEnd(): void {
    scrollToEnd(this.element);
    this.followsEnd = true;
  }

  /** Shows the message to which the user has jumped, and marks it for a moment. */
  private show({ seq, keepsFocus }: Jump): void {
    const row = scrollToMessage(this.element, seq);
    if (!row) {
      this.props.app.notify(({ chat }) => chat.notFound);
      return;
    }
    if (!keepsFocus) row.focus({ preventScroll: true });
    this.setState({ marked: seq, atEnd: this.isAtEnd });
    clearTimeout(this.markTimer);
    this.markTimer = setTimeout(() => this.setState({ marked: undefined }), markedMs);
  }

  /** Marks the messages on the screen as read, if the user can see the page. */
  private readonly markRead = () => {
    const { realtime, timeline } = this.props.open;
    const seq = lowestSeq(this.element);
    timeline.place = this.isAtEnd ? undefined : seq;
    if (seq !== undefined && !document.hidden) realtime.markRead(seq);
  };

  private get element(): HTMLDivElement {
    if (!this.ref.current) throw new Error('The list is not on the page.');
    return this.ref.current;
  }

  private get isAtEnd(): boolean {
    return !this.props.open.timeline.isPast && isAtEnd(this.element);
  }

  private readonly reply = (seq: number) => {
    const { open } = this.props;
    const message = open.timeline.messages.find((one) => one.seq === seq);
    if (message && !open.isDeleted(message)) open.reply(message);
  };

  private readonly jumpToEnd = () => {
    this.props.open.timeline.toNewest();
    // Once the newest messages are in the list.
    this.setState({ atEnd: true }, () => this.scrollToEnd());
    this.element.focus({ preventScroll: true });
  };

  private readonly scrolled = () => {
    this.followsEnd = this.isAtEnd;
    if (this.followsEnd !== this.state.atEnd) this.setState({ atEnd: this.followsEnd });
    this.markRead();
    void this.loadNear();
  };

  /** One page may not have been enough. In a full list each page pushes out another one, so that this would never end. */
  private readonly loadMore = () => {
    if (this.props.open.timeline.messages.length < maxKept) void this.loadNear();
  };

  /** Loads what follows in the list when less than a screen of it is left. */
  private async loadNear(): Promise<void> {
    const load = nextPage(this.element, this.props.open.timeline);
    if (!load || this.loading) return;
    this.loading = true;
    this.setState({ loading: true });
    try {
      await load();
      this.setState({ loading: false }, this.loadMore);
    } catch (error) {
      this.setState({ loading: false });
      // Not `attempt`: it would clear what the user is reading at the top of the page.
      this.props.app.notify(wordsFor(error));
    } finally {
      this.loading = false;
    }
  }
}
