import type { FieldError } from '#shared/contract/problem.ts';
import { UnfitFile } from '../client/files/unfit-file.ts';
import type { Refusal } from '../client/realtime/outbox.ts';
import { ApiProblem, NoAnswer } from '../client/rest/api-problem.ts';
import type { Texts } from '../texts/en/index.ts';
import { fill } from '../texts/fill.ts';
import type { Words } from './context.ts';
import { sizeText } from './files/size-text.ts';

/**
 * What to tell the user about something that failed. An error that is neither a refusal nor a missing answer is a fault of
 * this page, and goes to the console too.
 */
export function wordsFor(error: unknown): Words {
  if (error instanceof ApiProblem) return (texts) => refusalText(texts, error);
  if (error instanceof NoAnswer) return ({ noAnswer }) => noAnswer;
  if (error instanceof UnfitFile) return (texts) => unfitText(texts, error);
  reportError(error);
  return ({ pageFault }) => pageFault;
}

function unfitText({ files }: Texts, { reason, fileName, limit = 0 }: UnfitFile): string {
  return fill(files.unfit[reason], { name: fileName, limit: sizeText(limit, files) });
}

/** Which fields of a request or a frame are invalid, or what the code means. A code without words of its own has the server's text. */
export function refusalText(texts: Texts, { code, errors = [], message = '' }: Refusal): string {
  const fields =
    code === 'invalid_input' || code === 'file_refused' ? errors.map((error) => fieldText(texts, error)) : [];
  return fields.join(' ') || (texts.problems[code] ?? message);
}

/** What is wrong with a field, or the server's message for a rule that this page does not know. */
export function fieldText({ rules }: Texts, { path, message, rule, limit }: FieldError): string {
  const isEmpty = rule === 'too_short' && limit === 1;
  const template = rule && rules[isEmpty ? 'missing' : rule];
  if (!template || (template.includes('{limit}') && limit === undefined)) return `${path} ${message}`;
  return fill(template, { limit: limit ?? '' });
}
