import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Tokens } from '../../client/rest/session.ts';
import { openNewestChat } from '../address.ts';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { EmailForm } from './email-form.tsx';
import { PhoneForm } from './phone-form.tsx';

interface SignInProps {
  demo: { email: string; password: string; name: string };
  /** Somebody whom the demo account chats with. */
  friend: { email: string; password: string };
  switches: ComponentChildren;
  onSignIn(): void;
}

/** The first page: an account by email and password, or by phone and code. */
export function SignIn({ demo, friend, switches, onSignIn }: SignInProps) {
  const { api, session, texts, attempt } = useApp();
  const [kind, setKind] = useState<'email' | 'phone'>('email');
  const enter = async (action: () => Promise<Tokens>) => {
    session.begin(await action());
    onSignIn();
  };
  const enterDemo = () =>
    attempt(async () => {
      const { email, password } = demo;
      await enter(() => api.login({ email, password }));
      await openNewestChat(api);
    });
  return (
    <main class="sign-in">
      <h1>{texts.title}</h1>
      <div class="tabs">
        <Button aria-pressed={kind === 'email'} onPress={() => setKind('email')}>
          {texts.byEmail}
        </Button>
        <Button aria-pressed={kind === 'phone'} onPress={() => setKind('phone')}>
          {texts.byPhone}
        </Button>
      </div>
      <EmailForm hidden={kind !== 'email'} enter={enter} />
      <PhoneForm hidden={kind !== 'phone'} enter={enter} />
      <p class="or">{texts.or}</p>
      <Button onPress={enterDemo}>{texts.signInAs(demo.name)}</Button>
      <small>{texts.secondPerson(friend.email, friend.password)}</small>
      <p class="switches">{switches}</p>
    </main>
  );
}
