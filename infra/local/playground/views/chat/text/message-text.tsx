import { findMentions } from '../../../state/mentions.ts';
import { LinkedText } from './linked-text.tsx';

interface TextProps {
  text: string;
  /** The names of the people whom the text mentions, one a line. */
  mentioned: string;
  /** The names by which it mentions the user, one a line. */
  mentionedMe: string;
}

/** A text with its web addresses as links and its mentions marked, those of the user more strongly. */
export function MessageText({ text, mentioned, mentionedMe }: TextProps) {
  const mine = mentionedMe.split('\n');
  const parts = [];
  let end = 0;
  for (const { name, start, end: next } of findMentions(text, [...mentioned.split('\n'), ...mine])) {
    const marked = text.slice(start, next);
    parts.push(
      <LinkedText text={text.slice(end, start)} />,
      mine.includes(name) ? <mark class="mention">{marked}</mark> : <span class="mention">{marked}</span>,
    );
    end = next;
  }
  return (
    <>
      {parts}
      <LinkedText text={text.slice(end)} />
    </>
  );
}
