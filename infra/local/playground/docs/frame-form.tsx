import { useState } from 'preact/hooks';
import { newId } from '../client/new-id.ts';
import { Select } from '../views/parts/fields/select.tsx';
import type { Frame } from './asyncapi.ts';
import type { Connection } from './connection.ts';
import { FieldTable } from './field-table.tsx';
import { Line, Prose } from './prose.tsx';

interface FormProps {
  frames: readonly Frame[];
  chatId: string;
  connection: Connection;
}

/** A frame to edit and send. It begins as the example of the specification, about the chosen chat. */
export function FrameForm({ frames, chatId, connection }: FormProps) {
  const [name, setName] = useState(frames[0]?.name ?? '');
  const frame = frames.find((one) => one.name === name);
  const [edited, setEdited] = useState<string>();
  const text = edited ?? (frame ? JSON.stringify(filled(frame.example, chatId), null, 2) : '');
  const choose = (chosen: string) => {
    setName(chosen);
    setEdited(undefined);
  };
  const send = () => {
    connection.send(oneLine(text));
    // Another one with the same clientId would be a retry.
    setEdited(undefined);
  };
  const isOpen = connection.state === 'open';
  return (
    <form
      class="frame"
      onSubmit={(event) => {
        event.preventDefault();
        if (isOpen) send();
      }}
    >
      <Select
        label="Frame to send"
        value={name}
        options={frames.map((one) => ({ value: one.name, label: one.name }))}
        onChoose={choose}
      />
      <p>{frame && <Line text={frame.summary} />}</p>
      <textarea
        aria-label="JSON of the frame"
        rows={9}
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => setEdited(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isOpen) send();
        }}
      />
      <button type="submit" class="primary" disabled={!isOpen}>
        Send (Ctrl+Enter)
      </button>
      {!isOpen && <small>Connect first.</small>}
      {frame && (
        <details>
          <summary>Fields and refusals</summary>
          <FieldTable fields={frame.fields} />
          <Prose text={frame.description} />
        </details>
      )}
    </form>
  );
}

/** The example about the chosen chat, from its beginning, and with an id of its own for what must not be sent twice. */
const filled = (example: Record<string, unknown>, chatId: string): Record<string, unknown> => ({
  ...example,
  ...(example.type !== 'ping' && { chatId }),
  ...('after' in example && { after: 0, rev: undefined, epoch: undefined }),
  ...('clientId' in example && { clientId: newId() }),
});

/** Text that is not JSON goes to the server unchanged: its refusal is worth seeing too. */
function oneLine(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
