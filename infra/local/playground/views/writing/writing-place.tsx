import { useEffect, useReducer } from 'preact/hooks';
import { mayWrite, rulesOf } from '../../state/open/writing-rules.ts';
import { useApp } from '../context.ts';
import { clock } from '../files/size-text.ts';
import { Composer, type ComposerProps } from './composer.tsx';

/** The message box, or why there is none. Where members may not write, they may still edit what they wrote before. */
export function WritingPlace(props: ComposerProps) {
  const { open } = props;
  const { texts } = useApp();
  const isShown = mayWrite(open) || open.editing.message !== undefined;
  const isMember = open.roleOf(open.userId) === 'member';
  const { slowModeSeconds, locked } = rulesOf(open);
  return (
    <div class="writing">
      <p class="writing-note" role="status">
        {!isShown && (locked ? texts.problems.chat_locked : isMember && texts.onlyAdminsWrite)}
        {isShown && isMember && slowModeSeconds > 0 && texts.slowModeOn(texts.duration(slowModeSeconds))}
      </p>
      {isShown && <Countdown until={open.realtime.sender.heldBackUntil} />}
      {isShown && <Composer {...props} />}
    </div>
  );
}

/** How long a message waits that the server did not take yet. Not in a live region, or each second would be read out. */
function Countdown({ until }: { until: number }) {
  const { texts } = useApp();
  const [, tick] = useReducer((count: number) => count + 1, 0);
  const seconds = Math.ceil((until - Date.now()) / 1000);
  const isWaiting = seconds > 0;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => tick(0), 1000);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return isWaiting ? <p class="writing-note">{texts.nextMessageIn(clock(seconds))}</p> : null;
}
