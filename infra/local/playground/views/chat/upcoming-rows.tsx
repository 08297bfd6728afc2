import type { ComponentChildren } from 'preact';
import type { Outgoing } from '../../client/realtime/outbox.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import type { Texts } from '../../texts/en.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { refusalText } from '../problem-text.ts';

/** What will become messages: unanswered questions, answers in progress and the user's messages on their way. */
export function UpcomingRows({ open, texts }: { open: OpenChat; texts: Texts }) {
  const { realtime, questions } = open;
  return (
    <>
      {Array.from(questions, ([key, question]) => (
        <MyBubble key={key} state="asking" content={question}>
          <small>{texts.asking}</small>
        </MyBubble>
      ))}
      {Array.from(realtime.drafts.texts, ([id, content]) => (
        <DraftRow key={id} content={content} texts={texts} />
      ))}
      {realtime.outbox.all.map((outgoing) => (
        <OutgoingRow
          key={outgoing.clientId}
          outgoing={outgoing}
          texts={texts}
          onRetry={() => realtime.retry(outgoing.clientId)}
          onDelete={() => realtime.delete(outgoing.clientId)}
        />
      ))}
    </>
  );
}

/** An answer in progress. It is read out when it is complete, not word by word. */
const DraftRow = ({ content, texts }: { content: string; texts: Texts }) => (
  <div class="message theirs ai draft" aria-live="off">
    <Avatar id="assistant" name={texts.assistant} />
    <div class="bubble">
      <strong>{texts.assistant}</strong>
      <p>{content}</p>
      <small>{texts.typing}</small>
    </div>
  </div>
);

interface OutgoingProps {
  outgoing: Outgoing;
  texts: Texts;
  onRetry(): void;
  onDelete(): void;
}

function OutgoingRow({ outgoing, texts, onRetry, onDelete }: OutgoingProps) {
  const { state, content, refusal } = outgoing;
  return (
    <MyBubble state={state} content={content}>
      {state === 'failed' ? (
        <small>
          {texts.failed(refusal ? refusalText(texts, refusal) : '')} <Button onPress={onRetry}>{texts.retry}</Button>{' '}
          <Button onPress={onDelete}>{texts.delete}</Button>
        </small>
      ) : (
        <small>{state === 'waiting' ? texts.waiting : texts.sending}</small>
      )}
    </MyBubble>
  );
}

const MyBubble = ({ state, content, children }: { state: string; content: string; children: ComponentChildren }) => (
  <div class={`message mine outgoing ${state}`}>
    <div class="bubble">
      <p>{content}</p>
      {children}
    </div>
  </div>
);
