import { everyone, type Named } from '../../state/mentions.ts';

/** What the user is typing after an `@`. */
export interface MentionQuery {
  /** Where the `@` is in the text. */
  start: number;
  typed: string;
}

/** The longest list that is shown. Somebody who is not in it is found by more letters. */
const maxOptions = 20;

/** Returns what is between the last `@` and the caret, or undefined if no name could begin there. */
export function mentionQuery(text: string, caret: number): MentionQuery | undefined {
  const typed = /(?<![\p{L}\p{N}_])@((?!\s)[^@\n]{0,50})$/u.exec(text.slice(0, caret))?.[1];
  return typed === undefined ? undefined : { start: caret - typed.length - 1, typed };
}

/** Those with a name of which a word begins with what was typed. */
export function matching(named: readonly Named[], typed: string): Named[] {
  const wanted = folded(typed);
  const isFound = ({ name }: Named) => folded(name).startsWith(wanted) || folded(name).includes(` ${wanted}`);
  return named.filter(isFound).slice(0, maxOptions);
}

/** So that "e" finds "é" and "е" finds "ё". */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const isEveryone = ({ id }: Named): boolean => id === everyone;
