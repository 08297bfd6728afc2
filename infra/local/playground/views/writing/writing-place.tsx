import { useEffect } from 'preact/hooks';
import { unblock } from '../../state/blocking.ts';
import type { ChatStore } from '../../state/chat-store.ts';
import { blockedIn, mayWrite, rulesOf } from '../../state/open/writing-rules.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import type { Texts } from '../../texts/en/index.ts';
import { useApp } from '../context.ts';
import { clock } from '../files/size-text.ts';
import { Button } from '../parts/controls.tsx';
import { useSecondsUntil } from '../parts/use-seconds-until.ts';
import { Composer, type ComposerProps } from './composer.tsx';

/** The message box, or why there is none. Where members may not write, they may still edit what they wrote before. */
export function WritingPlace({ store, ...props }: ComposerProps & { store: ChatStore }) {
  const { open } = props;
  const { texts } = useApp();
  const blocked = useBlocked(open);
  const isShown = blocked === undefined && (mayWrite(open) || open.editing.message !== undefined);
  return (
    <div class="writing">
      <p class="writing-note" role="status">
        {blocked === undefined ? ruleIn(open, isShown, texts) : texts.info.youBlocked}
      </p>
      {blocked !== undefined && <Unblock store={store} userId={blocked} />}
      {isShown && <Countdown until={open.realtime.sender.heldBackUntil} />}
      {isShown && <Composer {...props} />}
    </div>
  );
}

/** Why the user may not write, or how often they may. */
function ruleIn(open: OpenChat, mayType: boolean, { problems, composer, duration }: Texts) {
  const { slowModeSeconds, locked } = rulesOf(open);
  const isMember = open.roleOf(open.userId) === 'member';
  if (!mayType) return locked ? problems.chat_locked : isMember && composer.onlyAdminsWrite;
  return isMember && slowModeSeconds > 0 && composer.slowModeOn(duration(slowModeSeconds));
}

/** The other person of a direct chat, if the user has blocked them: the server refuses both in the same words. */
function useBlocked(open: OpenChat): string | undefined {
  const { blocks } = open;
  const hasEnded = open.chat.type === 'direct' && open.realtime.state.name === 'ended';
  useEffect(() => {
    // Without an answer the user can still unblock them in the sheet about the chat.
    if (hasEnded) blocks.load().catch(() => {});
  }, [blocks, hasEnded]);
  return blockedIn(open);
}

function Unblock({ store, userId }: { store: ChatStore; userId: string }) {
  const { texts, attempt } = useApp();
  return (
    <Button class="unblock" onPress={() => attempt(() => unblock(store, userId))}>
      {texts.info.unblock}
    </Button>
  );
}

/** How long a message waits that the server did not take yet. Not in a live region, or each second would be read out. */
function Countdown({ until }: { until: number }) {
  const { texts } = useApp();
  const seconds = useSecondsUntil(until);
  return seconds > 0 ? <p class="writing-note">{texts.composer.nextMessageIn(clock(seconds))}</p> : null;
}
