/** Text of a specification, with the little Markdown that it has: paragraphs, lists, `code` and **bold**. */
export const Prose = ({ text }: { text: string }) => (
  <div class="prose">
    {text
      .split('\n\n')
      .map((block) =>
        block.startsWith('- ') ? (
          <ul key={block}>{block.split(/^- /m).map((item) => item && <li key={item}>{inline(item)}</li>)}</ul>
        ) : (
          <p key={block}>{inline(block)}</p>
        ),
      )}
  </div>
);

const inline = (text: string) =>
  text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return <code key={part}>{part.slice(1, -1)}</code>;
    return part.startsWith('**') ? <strong key={part}>{part.slice(2, -2)}</strong> : part;
  });

/** The same for a text of one line, such as a summary. */
export const Line = ({ text }: { text: string }) => <span>{inline(text)}</span>;
