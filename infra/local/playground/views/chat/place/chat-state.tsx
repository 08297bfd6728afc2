import { mayWrite } from '../../../state/open/writing-rules.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { copyInvite } from '../../info/invite/invite-link.ts';
import { chatName } from '../../message-words.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';

interface StateProps {
  open: OpenChat;
  onAsk(): void;
}

/** In place of messages: that they are being loaded, or what to do in a chat where nobody has written yet. */
export function ChatState({ open, onAsk }: StateProps) {
  const { reader, outbox, state } = open.realtime;
  const isLoaded = reader.messages.length > 0 || state.name === 'live';
  if (!isLoaded) return state.name === 'ended' ? null : <Skeleton />;
  const isEmpty = !open.timeline.hasOlder && reader.messages.every(({ type }) => type === 'system');
  const isWriting = outbox.all.length > 0 || open.questions.pending.size > 0;
  return isEmpty && !isWriting ? <EmptyChat open={open} onAsk={onAsk} /> : null;
}

/** For each bubble, whose it is and how wide, in percent. */
const bubbles = [
  ['theirs', 55],
  ['theirs', 35],
  ['mine', 45],
  ['theirs', 65],
  ['mine', 30],
  ['mine', 50],
] as const;

function Skeleton() {
  const { texts } = useApp();
  return (
    <div class="skeleton" role="status" aria-label={texts.loading}>
      {bubbles.map(([whose, percent]) => (
        <span key={percent} class={whose} style={{ width: `${percent}%` }} />
      ))}
    </div>
  );
}

function EmptyChat({ open, onAsk }: StateProps) {
  const app = useApp();
  const { texts } = app;
  const { chat } = open;
  const isGroup = chat.type === 'group';
  const { inviteCode } = chat;
  const mayPost = mayWrite(open);
  return (
    <section class="empty-chat" aria-label={texts.chat.empty}>
      <Icon name="chat" />
      <h3>{texts.chat.empty}</h3>
      {mayPost && <p>{isGroup ? texts.chat.emptyGroup : texts.chat.emptyDirect(chatName(chat, texts))}</p>}
      <div class="buttons">
        {mayPost && (
          <Button class="primary" onPress={() => open.realtime.send(texts.chat.hello)}>
            {texts.chat.sayHello}
          </Button>
        )}
        {isGroup && inviteCode !== undefined && (
          <Button onPress={() => copyInvite(inviteCode, app)}>
            <Icon name="person-add" />
            {texts.chat.invite}
          </Button>
        )}
        {mayPost && (
          <Button onPress={onAsk}>
            <Icon name="spark" />
            {texts.composer.ask}
          </Button>
        )}
      </div>
    </section>
  );
}
