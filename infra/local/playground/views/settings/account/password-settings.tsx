import { useRef, useState } from 'preact/hooks';
import { useApp } from '../../context.ts';
import { Form, SubmitButton } from '../../parts/controls.tsx';
import { PasswordField } from '../../parts/fields/password-field.tsx';
import type { PartProps } from '../part-props.ts';
import { Proof, useProof } from './proof.tsx';
import { useAccountForm } from './use-account-form.ts';

const fields = {
  currentPassword: ['wrong_credentials', 'proof_missing'],
  code: ['wrong_code', 'proof_missing'],
  newPassword: ['password_too_common'],
} as const;

/** Changes the password, or sets one for an account that has only a phone. */
export function PasswordSettings({ profile }: PartProps) {
  const { api, texts } = useApp();
  const { settings } = texts;
  const form = useRef<HTMLFormElement>(null);
  const [newPassword, setNewPassword] = useState('');
  const proof = useProof(profile);
  const { run, complaintOf, save } = useAccountForm(fields);
  const proofName = proof.way === 'password' ? 'currentPassword' : 'code';
  const isChanged = newPassword !== '';
  const send = () =>
    isChanged &&
    save(
      () => api.account.changePassword({ newPassword, [proofName]: proof.value }),
      (words) => words.settings.passwordSaved,
    );
  return (
    <Form ref={form} onSend={send}>
      <Proof proof={proof} complaint={complaintOf(proofName)} run={run} />
      <PasswordField
        label={settings.newPassword}
        complaint={complaintOf('newPassword')}
        hint={settings.passwordHint}
        autocomplete="new-password"
        value={newPassword}
        onWrite={setNewPassword}
      />
      <div class="buttons">
        <SubmitButton isIdle={!isChanged}>{texts.save}</SubmitButton>
      </div>
    </Form>
  );
}
