import type { InputHTMLAttributes, Ref } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import type { ProblemCode } from '#shared/contract/problems.ts';
import { ApiProblem } from '../../../client/rest/api-problem.ts';
import { useApp } from '../../context.ts';
import { fieldText, refusalText } from '../../problem-text.ts';
import { useUniqueId } from './use-unique-id.ts';

type FieldProps = InputHTMLAttributes & {
  ref?: Ref<HTMLInputElement>;
  label: string;
  /** What is wrong with the value. */
  complaint?: string | undefined;
  /** What to know before typing. */
  hint?: string | undefined;
};

/** A text field with its label, and with what is wrong below it. A child is a button at its end. */
export function Field({ label, complaint, hint, children, ...input }: FieldProps) {
  const id = useUniqueId();
  const about = complaint ? `${id}-complaint` : hint && `${id}-hint`;
  const marks = { ...(about && { 'aria-describedby': about }), ...(complaint && { 'aria-invalid': true }) };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="input">
        <input id={id} {...input} {...marks} />
        {children}
      </span>
      <p id={`${id}-complaint`} class="complaint" role="alert">
        {complaint}
      </p>
      {hint && !complaint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** The fields of a form, by their names in the request, each with the problem codes that are about it. */
type Fields = Readonly<Record<string, readonly ProblemCode[]>>;

/** What the server said about the fields of a form; `words` replace those of a problem code. */
export function useComplaints(fields: Fields, words: Readonly<Partial<Record<ProblemCode, string>>> = {}) {
  const { texts } = useApp();
  const [refused, setRefused] = useState<ApiProblem>();

  /** Runs an action. Keeps what is wrong with the form's fields, and throws all else. Returns whether the action succeeded. */
  const run = useCallback(
    async (action: () => Promise<unknown>): Promise<boolean> => {
      setRefused(undefined);
      try {
        await action();
        return true;
      } catch (error) {
        if (!(error instanceof ApiProblem) || !isAbout(error, fields)) throw error;
        setRefused(error);
        return false;
      }
    },
    [fields],
  );

  const complaintOf = (field: string): string | undefined => {
    if (!refused) return undefined;
    if (codesOf(fields, field).includes(refused.code))
      return words[refused.code as ProblemCode] ?? refusalText(texts, refused);
    const error = refused.errors.find(({ path }) => path === field);
    return error && fieldText(texts, error);
  };
  const forget = useCallback(() => setRefused(undefined), []);
  return { run, complaintOf, forget };
}

const codesOf = (fields: Fields, field: string): readonly string[] => fields[field] ?? [];

function isAbout({ code, errors }: ApiProblem, fields: Fields): boolean {
  const isKnown = errors.length > 0 && errors.every(({ path }) => path in fields);
  return isKnown || Object.keys(fields).some((field) => codesOf(fields, field).includes(code));
}
