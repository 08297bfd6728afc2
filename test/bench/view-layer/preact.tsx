/** @jsxImportSource preact */
import { Component, render } from 'preact';
import type { Outgoing } from '../../../infra/local/playground/client/outbox.ts';
import { initials, isWebLink, type Props, type Prototype, type ShownMessage, shownMessages } from './prototype.ts';

function Avatar({ id, name }: { id: string; name: string }) {
  const { colour, letters } = initials(id, name);
  return (
    <span class={colour} aria-hidden="true">
      {letters}
    </span>
  );
}

function MeetLink({ url, texts }: { url: string | undefined; texts: Props['texts'] }) {
  if (!isWebLink(url)) return null;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" class="meet">
      {texts.joinMeeting}
    </a>
  );
}

type RowProps = ShownMessage & Pick<Props, 'texts' | 'userId' | 'onMeet'>;

function Bubble({ message, follows, state, words, texts, userId, onMeet }: RowProps) {
  const { metadata = {}, createdAt, type, seq, content } = message;
  const name = type === 'ai' ? texts.assistant : message.userName;
  const mine = message.userId === userId;
  return (
    <div class={`message ${mine ? 'mine' : 'theirs'} ${follows ? 'follows' : ''} ${type}`} data-seq={seq}>
      <Avatar id={message.userId} name={name} />
      <div class="bubble">
        <strong class={mine || follows ? 'hidden' : ''}>{name}</strong>
        {words && <blockquote>{words}</blockquote>}
        <p>{content}</p>
        <MeetLink url={metadata.meetUrl} texts={texts} />
        {metadata.suggestMeet && (
          <button type="button" onClick={onMeet}>
            {texts.createMeeting}
          </button>
        )}
        <small>
          <time dateTime={createdAt}>{texts.time.format(new Date(createdAt))}</time>
          {state && ` · ${state}`}
        </small>
      </div>
    </div>
  );
}

class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps) {
    return Object.entries(next).some(([name, value]) => value !== this.props[name as keyof RowProps]);
  }

  override render(shown: RowProps) {
    const { message, day, words, texts } = shown;
    return (
      <>
        {day && <div class="day">{texts.date.format(new Date(message.createdAt))}</div>}
        {message.type === 'system' ? (
          <div class="system" data-seq={message.seq}>
            {words}
            <MeetLink url={message.metadata?.meetUrl} texts={texts} />
          </div>
        ) : (
          <Bubble {...shown} />
        )}
      </>
    );
  }
}

function OutgoingRow({ outgoing, texts, onRetry }: { outgoing: Outgoing } & Pick<Props, 'texts' | 'onRetry'>) {
  const { state, content, code = '', clientId } = outgoing;
  return (
    <div class={`message mine outgoing ${state}`}>
      <div class="bubble">
        <p>{content}</p>
        {state === 'sending' ? (
          <small>{texts.sending}</small>
        ) : (
          <small>
            {texts.failed(texts.problems[code] ?? '')}{' '}
            <button type="button" onClick={() => onRetry(clientId)}>
              {texts.retry}
            </button>
          </small>
        )}
      </div>
    </div>
  );
}

function List(props: Props) {
  const { outgoing, texts, userId, onRetry, onMeet } = props;
  return (
    <>
      {shownMessages(props).map((shown) => (
        <Row key={shown.message.seq} {...shown} texts={texts} userId={userId} onMeet={onMeet} />
      ))}
      {outgoing.map((one) => (
        <OutgoingRow key={one.clientId} outgoing={one} texts={texts} onRetry={onRetry} />
      ))}
    </>
  );
}

const preact: Prototype = (root) => (props) => render(<List {...props} />, root);

Object.assign(globalThis, { preact });
