import { Component } from 'preact';
import { writtenText } from '../../client/realtime/states.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import type { Texts } from '../../texts/en/index.ts';
import { openPanel } from '../address.ts';
import type { AppContext } from '../context.ts';
import { dayText } from '../day-text.ts';
import { Attachments } from '../files/attachments.tsx';
import { showPictures } from '../files/picture-dialog.tsx';
import { ofAttachment } from '../files/shown-file.ts';
import { isOther } from '../info/person/person.ts';
import { authorName } from '../message-words.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { ActionsButton } from './actions/actions-button.tsx';
import { ReactionChips } from './actions/reaction-chips.tsx';
import { Tombstone } from './actions/tombstone.tsx';
import type { ShownMessage } from './shown-messages.ts';
import { MessageText } from './text/message-text.tsx';
import { QuoteButton } from './text/quote-text.tsx';

interface RowProps extends ShownMessage {
  /** Whether the user has just jumped to it. */
  marked: boolean;
  open: OpenChat;
  app: AppContext;
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
    const { message, newDay, today, firstUnread, app } = row;
    return (
      <>
        {newDay && <div class="day">{dayText(new Date(message.createdAt), today, app.texts)}</div>}
        {firstUnread && <div class="unread">{app.texts.newMessages}</div>}
        {message.type === 'system' ? <SystemMessage {...row} /> : <Bubble {...row} />}
      </>
    );
  }
}

const SystemMessage = ({ message, words, reactions, marked, open, app }: RowProps) => (
  <div class={`system ${marked ? 'marked' : ''}`} data-seq={message.seq} tabIndex={-1}>
    {words}
    {message.pinned && <Pinned texts={app.texts} />}
    <MeetLink url={message.metadata?.meetUrl} texts={app.texts} />
    <ActionsButton texts={app.texts} />
    <ReactionChips message={message} reactions={reactions} open={open} app={app} />
  </div>
);

function Bubble(row: RowProps) {
  const { message, mine, follows, mentionedMe, marked, deletion, reactions, open, app } = row;
  const { seq, type, userId } = message;
  const name = authorName(message, app.texts);
  const isDeleted = open.isDeleted(message);
  const classes = ['message', mine ? 'mine' : 'theirs', type];
  if (follows) classes.push('follows');
  if (mentionedMe && !isDeleted) classes.push('for-me');
  if (marked) classes.push('marked');
  return (
    <div class={classes.join(' ')} data-seq={seq} tabIndex={-1}>
      <Face row={row} name={name} />
      <div class={`bubble ${isDeleted ? 'deleted' : ''}`}>
        <strong class={mine || follows ? 'hidden' : ''}>
          {isOther(message, open.userId) ? (
            <button type="button" class="author" onClick={() => openPerson(userId)}>
              {name}
            </button>
          ) : (
            name
          )}
        </strong>
        {isDeleted ? <Tombstone message={message} deletion={deletion} open={open} app={app} /> : <Content {...row} />}
        <ReactionChips message={message} reactions={isDeleted ? [] : reactions} open={open} app={app} />
      </div>
      {!isDeleted && <ActionsButton texts={app.texts} />}
    </div>
  );
}

const openPerson = (userId: string) => openPanel(`info/person/${userId}`);

/** A pointer may press the picture too; the keyboard and screen readers have the name. */
function Face({ row: { message, avatarUrl, open }, name }: { row: RowProps; name: string }) {
  const { userId } = message;
  const avatar = <Avatar id={userId} name={name} url={avatarUrl} />;
  if (!isOther(message, open.userId)) return avatar;
  return (
    <button type="button" class="face" tabIndex={-1} aria-hidden="true" onClick={() => openPerson(userId)}>
      {avatar}
    </button>
  );
}

function Content(row: RowProps) {
  const { message, meets, status, words, mentioned, mentionedMe, open, app, onMeet, onJump } = row;
  const { texts } = app;
  const text = writtenText(message);
  const { createdAt, editedAt, metadata = {}, replyTo, pinned } = message;
  return (
    <>
      {replyTo && <QuoteButton quote={open.current(replyTo)} texts={texts} onJump={onJump} />}
      {words && <blockquote>{words}</blockquote>}
      <Files message={message} open={open} app={app} />
      {text && (
        <p dir="auto">
          <MessageText text={text} mentioned={mentioned} mentionedMe={mentionedMe} />
        </p>
      )}
      <MeetLink url={metadata.meetUrl} texts={texts} />
      {meets && <Button onPress={onMeet}>{texts.createMeeting}</Button>}
      <small>
        {pinned && <Pinned texts={texts} />}
        {editedAt && `${texts.edited} · `}
        <time dateTime={createdAt}>{texts.time.format(new Date(createdAt))}</time>
        {status && ` · ${status}`}
      </small>
    </>
  );
}

function Files({ message, open, app: { texts } }: Pick<RowProps, 'message' | 'open' | 'app'>) {
  const { attachments = [] } = message;
  if (attachments.length === 0) return null;
  return (
    <Attachments
      files={attachments.map(ofAttachment)}
      texts={texts}
      onFailed={() => void open.freshUrls.get(message)}
      onOpen={(first) => showPictures({ open, first, texts })}
    />
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
