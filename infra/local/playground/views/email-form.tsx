import { useRef, useState } from 'preact/hooks';
import type { Tokens } from '../client/session.ts';
import { useApp } from './context.ts';
import { Button, Form, into, SubmitButton } from './controls.tsx';

export interface EntryProps {
  hidden: boolean;
  /** Signs in with the tokens that the action returns. */
  enter(action: () => Promise<Tokens>): Promise<boolean>;
}

export function EmailForm({ hidden, enter }: EntryProps) {
  const { api, texts } = useApp();
  const form = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [name, setName] = useState('');
  const register = () => {
    const given = name.trim();
    return (
      form.current?.reportValidity() && enter(() => api.register({ email, password, ...(given && { name: given }) }))
    );
  };
  return (
    <Form ref={form} hidden={hidden} onSend={() => enter(() => api.login({ email, password }))}>
      <label>
        {texts.email}
        <input type="email" required autocomplete="username" value={email} onInput={into(setEmail)} />
      </label>
      <label>
        {texts.password}
        <input type="password" required autocomplete="current-password" value={password} onInput={into(setPassword)} />
      </label>
      <label>
        {texts.name}
        <input placeholder={texts.nameHint} autocomplete="name" value={name} onInput={into(setName)} />
      </label>
      <div class="buttons">
        <SubmitButton>{texts.signIn}</SubmitButton>
        <Button onPress={register}>{texts.signUp}</Button>
      </div>
    </Form>
  );
}
