import type { Frame } from './asyncapi.ts';
import { FieldTable } from './field-table.tsx';
import { Line, Prose } from './prose.tsx';

/** What the server sends, and the rules for a client that loses nothing. */
export const FrameReference = ({ frames, rules }: { frames: readonly Frame[]; rules: string }) => (
  <section class="reference" aria-label="Reference">
    <h2>What the server sends</h2>
    {frames.map(({ name, summary, fields, example }) => (
      <details key={name}>
        <summary>
          <b>{name}</b> <Line text={summary} />
        </summary>
        <FieldTable fields={fields} />
        <pre>{JSON.stringify(example, null, 2)}</pre>
      </details>
    ))}
    <h2>Rules</h2>
    <Prose text={rules} />
  </section>
);
