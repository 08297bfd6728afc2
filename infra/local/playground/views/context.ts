import { type Api, ApiProblem } from '../client/api.ts';
import type { Session, User } from '../client/session.ts';
import type { MyChats } from '../state/my-chats.ts';
import type { Texts } from '../texts/en.ts';
import { notice } from './dom.ts';

/** What every view has. */
export interface App {
  api: Api;
  session: Session;
  user: User;
  mine: MyChats;
  texts: Texts;
}

/** What to tell the user about a refusal: which fields are wrong, or else what its code means. */
export function wordsFor(texts: Texts, error: unknown): string {
  if (!(error instanceof ApiProblem)) return texts.noAnswer;
  const rules: Readonly<Record<string, string>> = texts.fields;
  const fields = error.errors.map(({ path, message }) => rules[path.split('.')[0] ?? ''] ?? `${path} ${message}`);
  return fields.join(' ') || (texts.problems[error.code] ?? error.message);
}

/** Does what the user asked for; says what went wrong, and tells whether it went well. */
export async function attempt(texts: Texts, action: () => Promise<unknown>): Promise<boolean> {
  notice('');
  try {
    await action();
    return true;
  } catch (error) {
    notice(wordsFor(texts, error));
    return false;
  }
}
