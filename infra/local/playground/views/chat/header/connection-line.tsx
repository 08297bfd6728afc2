import type { ComponentChildren } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import type { ConnectionState } from '../../../client/realtime/inbox/chat-link.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { useApp } from '../../context.ts';
import { refusalText } from '../../problem-text.ts';

interface LineProps {
  state: ConnectionState;
  /** What the line says while nothing is wrong. */
  children?: ComponentChildren;
}

/** Below the title: what the connection is doing. The seconds are outside of the live region, or each would be read out. */
export function ConnectionLine({ state, children }: LineProps) {
  const { texts } = useApp();
  const [, tick] = useReducer((count: number) => count + 1, 0);
  const waiting = state.name === 'waiting';
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setInterval(() => tick(0), 1000);
    return () => clearInterval(timer);
  }, [waiting]);
  const isSlow = useIsSlow(state.name === 'connecting' || state.name === 'catching up');
  const words = stateText(state, isSlow, texts);
  const seconds = waiting && navigator.onLine && Math.max(0, Math.ceil((state.until - Date.now()) / 1000));
  return (
    <small>
      <span role="status">{words}</span> {seconds !== false && <span>{texts.chat.inSeconds(seconds)}</span>}
      {!words && children}
    </small>
  );
}

/** Less than this needs no words: a chat opens in a moment. */
const soonMs = 1000;

/** Whether something has been going on for a while. */
function useIsSlow(isBusy: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!isBusy) return undefined;
    const timer = setTimeout(() => setSlow(true), soonMs);
    return () => clearTimeout(timer);
  }, [isBusy]);
  return isBusy && isSlow;
}

function stateText(state: ConnectionState, isSlow: boolean, texts: Texts): string {
  const { name } = state;
  if (name === 'live') return '';
  if (name === 'ended') return refusalText(texts, { code: state.code, message: state.code });
  if (name === 'waiting') return navigator.onLine ? texts.chat.states.waiting : texts.chat.states.offline;
  return isSlow ? texts.chat.states[name] : '';
}
