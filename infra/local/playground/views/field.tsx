import type { InputHTMLAttributes } from 'preact';
import { useCallback, useId, useState } from 'preact/hooks';
import type { FieldError } from '#shared/contract/problem.ts';
import { ApiProblem } from '../client/api-problem.ts';
import { useApp } from './context.ts';
import { fieldText } from './problem-text.ts';

type FieldProps = InputHTMLAttributes & {
  label: string;
  /** What is wrong with the value. */
  complaint: string | undefined;
};

/** A text field with its label, and with what is wrong below it. */
export function Field({ label, complaint, ...input }: FieldProps) {
  const id = useId();
  const marks = complaint ? { 'aria-invalid': true, 'aria-describedby': id } : {};
  return (
    <div class="field">
      <label>
        {label}
        <input {...input} {...marks} />
      </label>
      <p id={id} class="complaint" role="alert">
        {complaint}
      </p>
    </div>
  );
}

/** What the server said about the fields of a form, by their names in the request. */
export function useComplaints(fields: readonly string[]) {
  const { texts } = useApp();
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  /** Runs an action. Keeps errors of the form's fields, and throws all others. Returns whether the action succeeded. */
  const run = useCallback(
    async (action: () => Promise<unknown>): Promise<boolean> => {
      setErrors([]);
      try {
        await action();
        return true;
      } catch (error) {
        const found = error instanceof ApiProblem && error.code === 'invalid_input' ? error.errors : [];
        if (found.length === 0 || !found.every(({ path }) => fields.includes(path))) throw error;
        setErrors(found);
        return false;
      }
    },
    [fields],
  );

  const complaintOf = (field: string): string | undefined => {
    const error = errors.find(({ path }) => path === field);
    return error && fieldText(texts, error);
  };
  return { run, complaintOf };
}
