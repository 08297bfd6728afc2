import { useRef, useState } from 'preact/hooks';
import type { Api } from '../../../client/rest/api.ts';
import { ApiProblem } from '../../../client/rest/api-problem.ts';
import { useApp } from '../../context.ts';
import { Form, into, SubmitButton } from '../../parts/controls.tsx';
import { Field, useComplaints } from '../../parts/fields/field.tsx';
import { Proof, useProof } from '../account/proof.tsx';
import type { PartProps } from '../part-props.ts';
import { useSignOut } from '../use-sign-out.ts';

const fields = {
  password: ['wrong_credentials', 'proof_missing'],
  code: ['wrong_code', 'proof_missing'],
} as const;

/** Deletes the account, after a proof that it is the user's and a word that nobody types by accident. */
export function DeleteAccount({ store, profile }: PartProps) {
  const { api, texts, attempt, notify } = useApp();
  const { settings } = texts;
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState('');
  const [unconfirmed, setUnconfirmed] = useState(false);
  const proof = useProof(profile);
  const { run, complaintOf } = useComplaints(fields, { wrong_credentials: settings.wrongPassword });
  const { forget } = useSignOut(store);
  const send = () => {
    const isConfirmed = typed.trim() === settings.confirmation;
    setUnconfirmed(!isConfirmed);
    if (!isConfirmed) return undefined;
    return attempt(async () => {
      if (!(await run(() => deleteAccount(api, { [proof.way]: proof.value })))) return;
      forget();
      notify((words) => words.settings.accountDeleted);
    });
  };
  return (
    <Form ref={form} onSend={send}>
      <p>{settings.deleted}</p>
      <p>{settings.kept}</p>
      <p>
        <strong>{settings.noWayBack}</strong>
      </p>
      <Proof proof={proof} complaint={complaintOf(proof.way)} run={run} />
      <Field
        label={settings.confirm(settings.confirmation)}
        complaint={unconfirmed ? settings.notConfirmed(settings.confirmation) : undefined}
        required
        autocomplete="off"
        value={typed}
        onInput={into(setTyped)}
      />
      <div class="buttons">
        <SubmitButton isDangerous>{settings.deleteAccount}</SubmitButton>
      </div>
    </Form>
  );
}

/** The server deletes an account with very many chats in several requests. */
async function deleteAccount(api: Api, proof: { password?: string; code?: string }): Promise<void> {
  try {
    await api.account.delete(proof);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'deletion_unfinished') throw error;
    await deleteAccount(api, proof);
  }
}
