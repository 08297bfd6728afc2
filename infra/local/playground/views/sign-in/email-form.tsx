import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Tokens } from '../../client/rest/session.ts';
import { useApp } from '../context.ts';
import { Form, into, SubmitButton } from '../parts/controls.tsx';
import { Field, useComplaints } from '../parts/fields/field.tsx';
import { PasswordField } from '../parts/fields/password-field.tsx';

export interface EntryProps {
  hidden: boolean;
  /** Signs in with the tokens that the action returns. */
  enter(action: () => Promise<Tokens>): Promise<void>;
}

const fields = { email: ['email_taken'], password: ['wrong_credentials', 'password_too_common'], name: [] } as const;

/** The email field is not of the type `email`: the server reads more spellings, and says what is wrong with the others. */
export function EmailForm({ hidden, isNew, enter }: EntryProps & { isNew: boolean }) {
  const { api, texts, attempt } = useApp();
  const form = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [name, setName] = useState('');
  const { run, complaintOf, forget } = useComplaints(fields);
  // What was wrong with signing in says nothing about a new account.
  useLayoutEffect(forget, [forget, isNew]);
  const send = () =>
    attempt(() =>
      run(() =>
        enter(() =>
          isNew ? api.register({ email, password, ...(name && { name }) }) : api.login({ email, password }),
        ),
      ),
    );
  return (
    <Form ref={form} hidden={hidden} onSend={send}>
      {isNew && (
        <Field
          label={texts.entry.name}
          complaint={complaintOf('name')}
          autocomplete="name"
          value={name}
          onInput={into(setName)}
        />
      )}
      <Field
        label={texts.entry.email}
        complaint={complaintOf('email')}
        inputMode="email"
        autocapitalize="none"
        required
        autocomplete="username"
        value={email}
        onInput={into(setEmail)}
      />
      <PasswordField
        label={texts.entry.password}
        complaint={complaintOf('password')}
        hint={isNew ? texts.entry.passwordHint : undefined}
        autocomplete={isNew ? 'new-password' : 'current-password'}
        value={password}
        onWrite={setPassword}
      />
      <SubmitButton>{isNew ? texts.entry.signUp : texts.entry.signIn}</SubmitButton>
    </Form>
  );
}
