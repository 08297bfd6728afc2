import { texts } from './in-language.ts';
import type { About, Texts } from './texts.ts';

/**
 * A name between U+2068 and U+2069, so that one in Hebrew or Arabic does not turn the words around it. Names cannot contain
 * these characters.
 */
export const isolated = (name: string) => `\u2068${name}\u2069`;

interface Happening extends Partial<Pick<About, 'name' | 'role' | 'text' | 'posting' | 'slowModeSeconds'>> {
  event: keyof Texts['events'];
  who: string;
  members: string[];
  meetUrl?: string | undefined;
}

/** The text of a system message. */
export function systemText({
  event,
  who,
  members,
  name = '',
  role = 'member',
  meetUrl = '',
  text = '',
  ...rules
}: Happening): string {
  const { posting, slowModeSeconds } = rules;
  const names = { who: isolated(who), members: members.map(isolated).join(', '), name: isolated(name) };
  return texts().events[event]({ ...names, role, meetUrl, text, posting, slowModeSeconds });
}
