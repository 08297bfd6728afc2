import type { ProblemCode } from '#shared/contract/problems.ts';
import { goUpTo } from '../../address.ts';
import { useApp, type Words } from '../../context.ts';
import { useComplaints } from '../../parts/field.tsx';

/** A form of the account: what is wrong with its fields, and what follows when it is saved. */
export function useAccountForm(fields: Readonly<Record<string, readonly ProblemCode[]>>) {
  const { texts, attempt, notify } = useApp();
  const { run, complaintOf } = useComplaints(fields, { wrong_credentials: texts.settings.wrongPassword });
  /** Goes back to the account when the action succeeds. */
  const save = (action: () => Promise<unknown>, words: Words) =>
    attempt(async () => {
      if (!(await run(action))) return;
      goUpTo('settings/account');
      notify(words);
    });
  return { run, complaintOf, save };
}
