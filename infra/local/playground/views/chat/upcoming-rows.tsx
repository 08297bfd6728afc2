import type { ComponentChildren } from 'preact';
import type { Quote } from '#shared/contract/chats/message.ts';
import { areUploaded } from '../../client/files/outgoing-file.ts';
import type { Outgoing } from '../../client/realtime/outbox.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import type { Texts } from '../../texts/en/index.ts';
import { Attachments } from '../files/attachments.tsx';
import { ofOutgoing } from '../files/shown-file.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { refusalText } from '../problem-text.ts';
import { DeliveryMark } from './row/marks.tsx';
import { QuoteButton } from './text/quote-text.tsx';

interface UpcomingProps {
  open: OpenChat;
  texts: Texts;
  onJump(seq: number): unknown;
}

/** What will become messages: unanswered questions, answers in progress and the user's messages on their way. */
export function UpcomingRows({ open, texts, onJump }: UpcomingProps) {
  const { realtime, questions } = open;
  return (
    <>
      {Array.from(questions.pending, ([key, question]) => (
        <MyBubble key={key} state="asking" content={question}>
          <small>
            <Icon name="spark" />
            {texts.chat.asking}
          </small>
        </MyBubble>
      ))}
      {Array.from(realtime.drafts.texts, ([id, content]) => (
        <DraftRow key={id} content={content} texts={texts} />
      ))}
      {realtime.outbox.all.map((outgoing) => (
        <OutgoingRow
          key={outgoing.clientId}
          outgoing={outgoing}
          quote={outgoing.replyTo && open.current(outgoing.replyTo)}
          texts={texts}
          onJump={onJump}
          onRetry={() => realtime.retry(outgoing.clientId)}
          onDelete={() => realtime.delete(outgoing.clientId)}
        />
      ))}
    </>
  );
}

/** An answer in progress. It is read out when it is complete, not word by word. */
const DraftRow = ({ content, texts }: { content: string; texts: Texts }) => (
  <div class="message theirs ai named draft" aria-live="off">
    <Avatar id="assistant" name={texts.people.assistant} />
    <div class="bubble">
      <strong>{texts.people.assistant}</strong>
      <p>
        {content}
        <span class="caret" aria-hidden="true" />
      </p>
    </div>
  </div>
);

interface OutgoingProps {
  outgoing: Outgoing;
  quote: Quote | undefined;
  texts: Texts;
  onJump(seq: number): unknown;
  onRetry(): void;
  onDelete(): void;
}

function OutgoingRow({ outgoing, quote, texts, onJump, onRetry, onDelete }: OutgoingProps) {
  const { state, content, files, refusal } = outgoing;
  return (
    <MyBubble
      state={state}
      content={content}
      quote={quote && <QuoteButton quote={quote} texts={texts} onJump={onJump} />}
      files={files && <Attachments files={files.map(ofOutgoing)} texts={texts} />}
    >
      {state === 'failed' ? (
        <small>
          {texts.delivery.failed(refusal ? refusalText(texts, refusal) : '')}{' '}
          <Button onPress={onRetry}>{texts.retry}</Button> <Button onPress={onDelete}>{texts.delete}</Button>
        </small>
      ) : (
        <small>
          <time>{texts.time(outgoing.writtenAt)}</time>
          <DeliveryMark delivery={state} texts={texts} />
          {!areUploaded(files) && <Button onPress={onDelete}>{texts.files.cancel}</Button>}
        </small>
      )}
    </MyBubble>
  );
}

interface BubbleProps {
  state: string;
  content: string;
  quote?: ComponentChildren;
  files?: ComponentChildren;
  children: ComponentChildren;
}

const MyBubble = ({ state, content, quote, files, children }: BubbleProps) => (
  <div class={`message mine outgoing ${state}`}>
    <div class="bubble">
      {quote}
      {files}
      {content && <p>{content}</p>}
      {children}
    </div>
  </div>
);
