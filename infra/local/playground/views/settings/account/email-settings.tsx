import { useRef, useState } from 'preact/hooks';
import { useApp } from '../../context.ts';
import { Form, into, SubmitButton } from '../../parts/controls.tsx';
import { Field } from '../../parts/fields/field.tsx';
import { PasswordField } from '../../parts/fields/password-field.tsx';
import type { PartProps } from '../part-props.ts';
import { CodeField } from '../parts/code-field.tsx';
import { useAccountForm } from './use-account-form.ts';

const fields = {
  email: ['email_taken'],
  password: ['wrong_credentials', 'password_too_common'],
  code: ['wrong_code', 'proof_missing'],
} as const;

/** Links an email or replaces it. The first one sets the password too, and needs a code as the proof. */
export function EmailSettings({ me, profile }: PartProps) {
  const { api, texts } = useApp();
  const { settings } = texts;
  const form = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState(profile.email);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { run, complaintOf, save } = useAccountForm(fields);
  const isFirst = profile.email === '';
  const isChanged = email !== profile.email;
  const send = () =>
    isChanged &&
    save(
      async () => me.keep(await api.account.linkEmail({ email, password, ...(code && { code }) })),
      (words) => words.settings.emailSaved,
    );
  return (
    <Form ref={form} onSend={send}>
      <Field
        label={settings.newEmail}
        complaint={complaintOf('email')}
        inputMode="email"
        autocapitalize="none"
        autocomplete="email"
        required
        value={email}
        onInput={into(setEmail)}
      />
      <PasswordField
        label={isFirst ? settings.firstPassword : settings.currentPassword}
        complaint={complaintOf('password')}
        hint={isFirst ? texts.entry.passwordHint : settings.emailHint}
        autocomplete={isFirst ? 'new-password' : 'current-password'}
        value={password}
        onWrite={setPassword}
      />
      {isFirst && profile.phone !== undefined && (
        <CodeField
          label={settings.currentCode(profile.phone)}
          phone={profile.phone}
          complaint={complaintOf('code')}
          value={code}
          onChange={setCode}
          run={run}
        />
      )}
      <div class="buttons">
        <SubmitButton isIdle={!isChanged}>{texts.save}</SubmitButton>
      </div>
    </Form>
  );
}
