import { writtenText } from '../../../client/realtime/states.ts';
import { openPanel } from '../../address.ts';
import { emojisAlone } from '../../emoji/read-emoji.ts';
import { Attachments } from '../../files/attachments.tsx';
import { showPictures } from '../../files/picture-dialog.tsx';
import { ofAttachment } from '../../files/shown-file.ts';
import { isOther } from '../../info/person/person.ts';
import { authorName, contentText, deletedText } from '../../message-words.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Mark } from '../../parts/mark.tsx';
import { ActionsButton } from '../actions/actions-button.tsx';
import { ReactionChips } from '../actions/reaction-chips.tsx';
import { Tombstone } from '../actions/tombstone.tsx';
import { MessageText } from '../text/message-text.tsx';
import { QuoteButton } from '../text/quote-text.tsx';
import { DeliveryMark } from './marks.tsx';
import { MeetingLink } from './meeting-link.tsx';
import type { RowProps } from './row-props.ts';

/** A message of a person or the assistant. */
export function Bubble(row: RowProps) {
  const { message, named, follows, deletion, reactions, open, app } = row;
  const name = authorName(message, app.texts);
  const isDeleted = open.isDeleted(message);
  return (
    <article class={classesOf(row, isDeleted)} data-seq={message.seq} tabIndex={-1} aria-label={spoken(row, isDeleted)}>
      {named && <Face row={row} name={name} />}
      <div class={`bubble ${isDeleted ? 'deleted' : ''}`}>
        {named && !follows && <Author message={message} open={open} name={name} />}
        {isDeleted ? <Tombstone message={message} deletion={deletion} open={open} app={app} /> : <Content {...row} />}
        <ReactionChips message={message} reactions={isDeleted ? [] : reactions} open={open} app={app} />
      </div>
      {!isDeleted && <ActionsButton texts={app.texts} />}
    </article>
  );
}

const openPerson = ({ userId }: RowProps['message']) => openPanel(`info/person/${userId}`);

/** The name leads to the person. */
const Author = ({ message, open, name }: Pick<RowProps, 'message' | 'open'> & { name: string }) => (
  <strong>
    {isOther(message, open.userId) ? (
      <button type="button" class="author" onClick={() => openPerson(message)}>
        {name}
      </button>
    ) : (
      name
    )}
  </strong>
);

/** A pointer may press the picture too; the keyboard and screen readers have the name. */
function Face({ row: { message, avatarUrl, open }, name }: { row: RowProps; name: string }) {
  const avatar = <Avatar id={message.userId} name={name} url={avatarUrl} />;
  if (!isOther(message, open.userId)) return avatar;
  return (
    <button type="button" class="face" tabIndex={-1} aria-hidden="true" onClick={() => openPerson(message)}>
      {avatar}
    </button>
  );
}

function classesOf(
  { message, mine, named, follows, goesOn, mentionedMe, marked }: RowProps,
  isDeleted: boolean,
): string {
  const classes = {
    [message.type]: true,
    [mine ? 'mine' : 'theirs']: true,
    named,
    follows,
    'goes-on': goesOn,
    'for-me': mentionedMe !== '' && !isDeleted,
    marked,
    'big-emojis': !isDeleted && isOfEmojis(message),
  };
  return ['message', ...Object.entries(classes).flatMap(([name, has]) => (has ? [name] : []))].join(' ');
}

/** A message of a few emojis alone is shown without a bubble. */
const isOfEmojis = (message: RowProps['message']): boolean =>
  !message.replyTo && !message.attachments && message.type === 'text' && emojisAlone(writtenText(message)) > 0;

/** What a screen reader says when the message gets the focus: "Anna, 21:14, Hello, Read". */
function spoken({ message, delivery, app: { texts } }: RowProps, isDeleted: boolean): string {
  const text = isDeleted ? deletedText(message, texts) : contentText(message, texts);
  const time = texts.time(new Date(message.createdAt));
  const states = [
    message.editedAt && texts.message.edited,
    message.pinned && texts.pinned,
    delivery && texts.delivery[delivery],
  ];
  return [authorName(message, texts), time, text, ...(isDeleted ? [] : states)].filter(Boolean).join(', ');
}

function Content(row: RowProps) {
  const { message, meets, words, asker, mentioned, mentionedMe, open, app, onMeet, onJump } = row;
  const { texts } = app;
  const text = writtenText(message);
  const { metadata = {}, replyTo } = message;
  return (
    <>
      {replyTo && <QuoteButton quote={open.current(replyTo)} texts={texts} onJump={onJump} />}
      {words && (
        <blockquote>
          <strong>{asker}</strong>
          <span dir="auto">{words}</span>
        </blockquote>
      )}
      <Files message={message} open={open} app={app} />
      {text && (
        <p dir="auto">
          <MessageText text={text} mentioned={mentioned} mentionedMe={mentionedMe} />
        </p>
      )}
      <MessageTime {...row} />
      <MeetingLink url={metadata.meetUrl} texts={texts} />
      {meets && (
        <Button class="meet" onPress={onMeet}>
          <Icon name="video" />
          {texts.chat.createMeeting}
        </Button>
      )}
    </>
  );
}

const MessageTime = ({ message: { createdAt, editedAt, pinned }, delivery, app: { texts } }: RowProps) => (
  <small>
    {pinned && <Mark icon="pin" label={texts.pinned} />}
    {editedAt && <span>{texts.message.edited}</span>}
    <time dateTime={createdAt}>{texts.time(new Date(createdAt))}</time>
    {delivery && <DeliveryMark delivery={delivery} texts={texts} />}
  </small>
);

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
