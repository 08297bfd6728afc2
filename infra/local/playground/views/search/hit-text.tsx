import type { Message } from '#shared/contract/chats/message.ts';
import { writtenText } from '../../client/realtime/states.ts';
import { excerpt } from '../../state/search/marks.ts';
import type { Texts } from '../../texts/en/index.ts';
import { shortTime } from '../day-text.ts';
import { authorName } from '../message-words.ts';

interface HitProps {
  message: Message;
  query: string;
  userId: string;
  texts: Texts;
}

/** Who wrote a message that was found, when, and what, with the words marked that were searched for. */
export function HitText({ message, query, userId, texts }: HitProps) {
  const { createdAt } = message;
  return (
    <>
      <strong>{message.userId === userId ? texts.people.you : authorName(message, texts)}</strong>{' '}
      <time dateTime={createdAt}>{shortTime(new Date(createdAt), new Date().toDateString(), texts)}</time>{' '}
      <span dir="auto">
        {excerpt(searchedText(message), query).map((part) => (part.isMarked ? <mark>{part.text}</mark> : part.text))}
      </span>
    </>
  );
}

/** The names of files are searched too. */
function searchedText(message: Message): string {
  const names = message.attachments?.map(({ name }) => name) ?? [];
  return [writtenText(message), ...names].filter(Boolean).join(' · ');
}
