import { type Api, ApiProblem } from './api.ts';
import { notice } from './dom.ts';
import type { Session, User } from './session.ts';
import type { Texts } from './texts/en.ts';

/** What every view has. */
export interface App {
  api: Api;
  session: Session;
  user: User;
  texts: Texts;
}

/** What to tell the user about a refusal, by its code. */
export function wordsFor(texts: Texts, error: unknown): string {
  if (!(error instanceof ApiProblem)) return texts.noAnswer;
  const fields = error.errors.map(({ path, message }) => `${path} ${message}`).join(', ');
  return [texts.problems[error.code] ?? error.message, fields].filter(Boolean).join(' ');
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
