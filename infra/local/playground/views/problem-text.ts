import { ApiProblem } from '../client/api-problem.ts';
import type { Texts } from '../texts/en.ts';

/** Tells the user why a request failed: which fields are invalid, or what the code means. */
export function problemText(texts: Texts, error: unknown): string {
  if (!(error instanceof ApiProblem)) return texts.noAnswer;
  const rules: Readonly<Record<string, string>> = texts.fields;
  const fields = error.errors.map(({ path, message }) => rules[path.split('.')[0] ?? ''] ?? `${path} ${message}`);
  return fields.join(' ') || (texts.problems[error.code] ?? error.message);
}
