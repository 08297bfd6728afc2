import type { Message, Quote } from '#shared/contract/chats/message.ts';
import type { Addressed } from '../client/realtime/outbox.ts';
import { everyoneIn } from '../texts/everyone.ts';

/** Somebody as a text mentions them: `@Name`. */
export interface Named {
  /** A user's id, or `everyone`. */
  id: string;
  name: string;
}

/** What the text in the message box replies to, and whom the user has chosen from the list of members. */
export interface DraftAddress {
  replyTo?: Quote | undefined;
  chosen: Named[];
}

/** Stands for all participants of a chat. No user has this id. */
export const everyone = 'everyone';

/** The server's limit. */
export const maxMentions = 20;

interface Found {
  name: string;
  start: number;
  end: number;
}

/** The mentions in a text, in order. Where several names fit, the longest one counts: "@Anna Berg" does not mention "Anna". */
export function findMentions(text: string, names: readonly string[]): Found[] {
  const found: Found[] = [];
  const longestFirst = [...new Set(names)].filter(Boolean).sort((a, b) => b.length - a.length);
  for (const { index: start } of text.matchAll(/(?<![\p{L}\p{N}_])@/gu)) {
    const rest = text.slice(start + 1);
    const name = longestFirst.find((one) => rest.startsWith(one) && !continuesWord(rest.slice(one.length)));
    if (name !== undefined) found.push({ name, start, end: start + 1 + name.length });
  }
  return found;
}

const continuesWord = (rest: string): boolean => /^[\p{L}\p{N}_]/u.test(rest);

/** Whom a message mentions, by the names that its text may have: its author may have used either language of the page. */
export function namesIn(
  { mentions = [], everyone: isEveryone }: Message,
  nameOf: (userId: string) => string | undefined,
): Named[] {
  const users = mentions.flatMap((id) => {
    const name = nameOf(id);
    return name === undefined ? [] : { id, name };
  });
  return [...users, ...(isEveryone ? Object.values(everyoneIn).map((name) => ({ id: everyone, name })) : [])];
}

/** Whom a text mentions, of those whom the user has chosen from the list of members. */
export function mentionsIn(text: string, chosen: readonly Named[]): Addressed {
  const names = new Set(
    findMentions(
      text,
      chosen.map(({ name }) => name),
    ).map(({ name }) => name),
  );
  const ids = new Set(chosen.filter(({ name }) => names.has(name)).map(({ id }) => id));
  const isEveryone = ids.delete(everyone);
  return {
    ...(ids.size > 0 && { mentions: [...ids].slice(0, maxMentions) }),
    ...(isEveryone && { everyone: true }),
  };
}
