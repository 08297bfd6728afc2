import { Component } from 'preact';
import type { Texts } from '../../texts/en.ts';
import { dayText } from '../day-text.ts';
import { authorName } from '../message-words.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { MessageText } from './message-text.tsx';
import { QuoteButton } from './quote-text.tsx';
import type { ShownMessage } from './shown-messages.ts';

interface RowProps extends ShownMessage {
  /** Whether the user has just jumped to it. */
  marked: boolean;
  texts: Texts;
  onMeet(): unknown;
  onJump(seq: number): unknown;
}

/** A message, with the date above the first of each day and a line above the first unread one. It renders again only if one of its properties has changed. */
export class MessageRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { props } = this;
    return (Object.keys(next) as (keyof RowProps)[]).some((name) => next[name] !== props[name]);
  }

  override render(row: RowProps) {
    const { message, newDay, today, firstUnread, texts } = row;
    return (
      <>
        {newDay && <div class="day">{dayText(new Date(message.createdAt), today, texts)}</div>}
        {firstUnread && <div class="unread">{texts.newMessages}</div>}
        {message.type === 'system' ? <SystemMessage {...row} /> : <Bubble {...row} />}
      </>
    );
  }
}

const SystemMessage = ({ message, words, marked, texts }: RowProps) => (
  <div class={`system ${marked ? 'marked' : ''}`} data-seq={message.seq} tabIndex={-1}>
    {words}
    <MeetLink url={message.metadata?.meetUrl} texts={texts} />
  </div>
);

function Bubble(row: RowProps) {
  const { message, mine, follows, meets, status, words, mentioned, mentionedMe, marked, texts, onMeet, onJump } = row;
  const { seq, type, userId, content, createdAt, metadata = {}, replyTo, pinned } = message;
  const name = authorName(message, texts);
  return (
    <div
      class={`message ${mine ? 'mine' : 'theirs'} ${follows ? 'follows' : ''} ${type} ${mentionedMe ? 'for-me' : ''} ${marked ? 'marked' : ''}`}
      data-seq={seq}
      tabIndex={-1}
    >
      <Avatar id={userId} name={name} />
      <div class="bubble">
        <strong class={mine || follows ? 'hidden' : ''}>{name}</strong>
        {replyTo && <QuoteButton quote={replyTo} texts={texts} onJump={onJump} />}
        {words && <blockquote>{words}</blockquote>}
        <p dir="auto">
          <MessageText text={content} mentioned={mentioned} mentionedMe={mentionedMe} />
        </p>
        <MeetLink url={metadata.meetUrl} texts={texts} />
        {meets && <Button onPress={onMeet}>{texts.createMeeting}</Button>}
        <small>
          {pinned && <Pinned texts={texts} />}
          <time dateTime={createdAt}>{texts.time.format(new Date(createdAt))}</time>
          {status && ` · ${status}`}
        </small>
      </div>
    </div>
  );
}

const Pinned = ({ texts }: { texts: Texts }) => (
  <span role="img" aria-label={texts.pinned} title={texts.pinned}>
    <Icon name="pin" />
  </span>
);

/** A link comes from another user's client, so only web addresses are shown: never `javascript:`. */
function MeetLink({ url, texts }: { url: string | undefined; texts: Texts }) {
  if (!url || !/^https?:\/\//i.test(url)) return null;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" class="meet">
      {texts.joinMeeting}
    </a>
  );
}
