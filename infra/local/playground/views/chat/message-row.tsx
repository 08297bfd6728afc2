import { Component } from 'preact';
import type { Texts } from '../../texts/en.ts';
import { dayText } from '../day-text.ts';
import { authorName } from '../message-words.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { LinkedText } from './linked-text.tsx';
import type { ShownMessage } from './shown-messages.ts';

type RowProps = ShownMessage & { texts: Texts; onMeet(): unknown };

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

const SystemMessage = ({ message, words, texts }: RowProps) => (
  <div class="system" data-seq={message.seq}>
    {words}
    <MeetLink url={message.metadata?.meetUrl} texts={texts} />
  </div>
);

function Bubble({ message, mine, follows, meets, status, words, texts, onMeet }: RowProps) {
  const { seq, type, userId, content, createdAt, metadata = {} } = message;
  const name = authorName(message, texts);
  return (
    <div class={`message ${mine ? 'mine' : 'theirs'} ${follows ? 'follows' : ''} ${type}`} data-seq={seq}>
      <Avatar id={userId} name={name} />
      <div class="bubble">
        <strong class={mine || follows ? 'hidden' : ''}>{name}</strong>
        {words && <blockquote>{words}</blockquote>}
        <p dir="auto">
          <LinkedText text={content} />
        </p>
        <MeetLink url={metadata.meetUrl} texts={texts} />
        {meets && <Button onPress={onMeet}>{texts.createMeeting}</Button>}
        <small>
          <time dateTime={createdAt}>{texts.time.format(new Date(createdAt))}</time>
          {status && ` · ${status}`}
        </small>
      </div>
    </div>
  );
}

/** A link comes from another user's client, so only web addresses are shown: never `javascript:`. */
function MeetLink({ url, texts }: { url: string | undefined; texts: Texts }) {
  if (!url || !/^https?:\/\//i.test(url)) return null;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" class="meet">
      {texts.joinMeeting}
    </a>
  );
}
