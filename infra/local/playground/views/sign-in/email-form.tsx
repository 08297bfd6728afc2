import { useRef, useState } from 'preact/hooks';
import type { Tokens } from '../../client/rest/session.ts';
import { useApp } from '../context.ts';
import { Button, Form, into, SubmitButton } from '../parts/controls.tsx';
import { Field, useComplaints } from '../parts/field.tsx';

export interface EntryProps {
  hidden: boolean;
  /** Signs in with the tokens that the action returns. */
  enter(action: () => Promise<Tokens>): Promise<void>;
}

const fields = { email: ['email_taken'], password: ['wrong_credentials', 'password_too_common'], name: [] } as const;

/** The email field is not of the type `email`: the server reads more spellings, and says what is wrong with the others. */
export function EmailForm({ hidden, enter }: EntryProps) {
  const { api, texts, attempt } = useApp();
  const form = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [name, setName] = useState('');
  const { run, complaintOf } = useComplaints(fields);
  const send = (action: () => Promise<Tokens>) => attempt(() => run(() => enter(action)));
  const login = () => send(() => api.login({ email, password }));
  const register = () =>
    form.current?.reportValidity() && send(() => api.register({ email, password, ...(name && { name }) }));
  return (
    <Form ref={form} hidden={hidden} onSend={login}>
      <Field
        label={texts.email}
        complaint={complaintOf('email')}
        inputMode="email"
        autocapitalize="none"
        required
        autocomplete="username"
        value={email}
        onInput={into(setEmail)}
      />
      <Field
        label={texts.password}
        complaint={complaintOf('password')}
        type="password"
        required
        autocomplete="current-password"
        value={password}
        onInput={into(setPassword)}
      />
      <Field
        label={texts.name}
        complaint={complaintOf('name')}
        placeholder={texts.nameHint}
        autocomplete="name"
        value={name}
        onInput={into(setName)}
      />
      <div class="buttons">
        <SubmitButton>{texts.signIn}</SubmitButton>
        <Button onPress={register}>{texts.signUp}</Button>
      </div>
    </Form>
  );
}
