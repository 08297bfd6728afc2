import { useEffect, useReducer } from 'preact/hooks';
import type { ConnectionState } from '../../client/realtime/inbox/chat-link.ts';
import type { Texts } from '../../texts/en/index.ts';
import { useApp } from '../context.ts';
import { refusalText } from '../problem-text.ts';

/** Shows what the connection is doing. The seconds are outside of the live region, or each would be read out. */
export function ConnectionLine({ state }: { state: ConnectionState }) {
  const { texts } = useApp();
  const [, tick] = useReducer((count: number) => count + 1, 0);
  const waiting = state.name === 'waiting';
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setInterval(() => tick(0), 1000);
    return () => clearInterval(timer);
  }, [waiting]);
  const seconds = waiting && navigator.onLine && Math.max(0, Math.ceil((state.until - Date.now()) / 1000));
  return (
    <p class="status" data-state={state.name}>
      <span role="status">{stateText(state, texts)}</span> <span>{seconds !== false && texts.inSeconds(seconds)}</span>
    </p>
  );
}

function stateText(state: ConnectionState, texts: Texts): string {
  const { name } = state;
  if (name === 'ended') return refusalText(texts, { code: state.code, message: state.code });
  return name === 'waiting' && !navigator.onLine ? texts.states.offline : texts.states[name];
}
