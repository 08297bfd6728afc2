import { useState } from 'preact/hooks';
import type { Tokens } from '../../client/rest/session.ts';
import { openNewestChat } from '../address.ts';
import { useApp } from '../context.ts';
import { Segments } from '../parts/fields/segments.tsx';
import { Logo } from '../parts/logo.tsx';
import { type Account, DemoAccount } from './demo-account.tsx';
import { EmailForm } from './email-form.tsx';
import { PageChoices } from './page-choices.tsx';
import { PhoneForm } from './phone-form.tsx';

interface SignInProps {
  demo: Account;
  /** Somebody whom the demo account chats with. */
  friend: Account;
  onSignIn(): void;
}

/** The first page: an account by email and password, or by phone and code. */
export function SignIn({ demo, friend, onSignIn }: SignInProps) {
  const { api, session, texts, attempt } = useApp();
  const [way, setWay] = useState<'email' | 'phone'>('email');
  const [isNew, setNew] = useState(false);
  const { entry } = texts;
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
      <header>
        <Logo />
        <h1>{texts.title}</h1>
        <p>{isNew ? entry.welcome.signUp : entry.welcome.signIn}</p>
      </header>
      <div class="card">
        <Segments
          label={entry.way}
          value={way}
          options={[
            { value: 'email', label: texts.entry.byEmail },
            { value: 'phone', label: texts.entry.byPhone },
          ]}
          onChoose={(chosen) => setWay(chosen)}
        />
        <EmailForm hidden={way !== 'email'} isNew={isNew} enter={enter} />
        <PhoneForm hidden={way !== 'phone'} enter={enter} />
        {way === 'email' && (
          <p class="other-way">
            {isNew ? entry.isKnown : entry.isNew}
            <button type="button" class="text" onClick={() => setNew(!isNew)}>
              {isNew ? texts.entry.signIn : texts.entry.signUp}
            </button>
          </p>
        )}
      </div>
      <DemoAccount demo={demo} friend={friend} onEnter={enterDemo} />
      <PageChoices />
    </main>
  );
}
