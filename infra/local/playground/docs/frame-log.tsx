import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../views/parts/controls.tsx';
import { type Frame, nameOf } from './asyncapi.ts';
import type { Connection, Entry } from './connection.ts';

/** What went over the socket, newest last. */
export function FrameLog({ connection, frames }: { connection: Connection; frames: readonly Frame[] }) {
  const list = useRef<HTMLOListElement>(null);
  const { entries } = connection;
  useLayoutEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [entries]);
  return (
    <section class="frames" aria-label="Frames">
      <p>
        {entries.length === 0 && 'Connect, and what goes over the socket appears here.'}
        {entries.length > 0 && <Button onPress={() => connection.clear()}>Clear</Button>}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: makes the list scrollable by keyboard */}
      <div class="log" role="log" aria-label="Frames that were sent and received" tabIndex={0}>
        <ol ref={list}>
          {entries.map((entry) => (
            <LogEntry key={entry.id} entry={entry} frames={frames} />
          ))}
        </ol>
      </div>
    </section>
  );
}

const arrows = { sent: '→', received: '←', state: '·' };

function LogEntry({ entry: { at, kind, text }, frames }: { entry: Entry; frames: readonly Frame[] }) {
  const frame = kind === 'state' ? undefined : parsed(text);
  return (
    <li class={kind}>
      <time>{at.toLocaleTimeString('en-GB')}</time>
      <span>{arrows[kind]}</span>
      {frame ? (
        <details>
          <summary>
            <b>{kind === 'received' ? nameOf(frames, frame) : String(frame.type)}</b> <code>{text}</code>
          </summary>
          <pre>{JSON.stringify(frame, null, 2)}</pre>
        </details>
      ) : (
        <span>{text}</span>
      )}
    </li>
  );
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return undefined;
  }
}
