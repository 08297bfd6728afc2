import type { ProblemCode } from '#shared/contract/problems.ts';
import { fromHere, goUpTo } from '../../address.ts';
import { useApp, type Words } from '../../context.ts';
import { useComplaints } from '../../parts/fields/field.tsx';

/** A form of the account: what is wrong with its fields, and what follows when it is saved. */
export function useAccountForm(fields: Readonly<Record<string, readonly ProblemCode[]>>) {
  const { texts, attempt, notify } = useApp();
  const { run, complaintOf } = useComplaints(fields, { wrong_credentials: texts.settings.wrongPassword });
  /** Goes back to the account when the action succeeds, unless the user has left the form. */
  const save = (action: () => Promise<unknown>, words: Words) =>
    attempt(async () => {
      const thenGo = fromHere();
      if (!(await run(action))) return;
      thenGo(() => goUpTo('settings/account'));
      notify(words);
    });
  return { run, complaintOf, save };
}
