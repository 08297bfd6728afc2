import { linksIn } from './links.ts';

/** A text with its addresses and phone numbers as links. What is shown is what was written, and each link leads to what it shows. */
export function LinkedText({ text }: { text: string }) {
  const parts = [];
  let end = 0;
  for (const { shown, href, start } of linksIn(text)) {
    parts.push(text.slice(end, start), <TextLink shown={shown} href={href} />);
    end = start + shown.length;
  }
  return <>{[...parts, text.slice(end)]}</>;
}

/** Written from left to right also among right-to-left text, or its parts would change places. */
const TextLink = ({ shown, href }: { shown: string; href: string }) => (
  <a href={href} dir="ltr" target={href.startsWith('http') ? '_blank' : undefined} rel="noopener noreferrer">
    {shown}
  </a>
);
