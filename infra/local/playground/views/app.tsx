import { useEffect, useLayoutEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { demoAccount, demoAnna } from '../../demo-accounts.ts';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';
import { ChatStore } from '../state/chat-store.ts';
import type { Texts } from '../texts/en/index.ts';
import { loadTexts } from '../texts/load-texts.ts';
import { AppProvider } from './context.ts';
import { forgetUser } from './forget-user.ts';
import { Home } from './home/home.tsx';
import { useNotice } from './notice.ts';
import { NoticeProvider } from './parts/notice.tsx';
import { type Language, saveLanguage } from './preferences.ts';
import { wordsFor } from './problem-text.ts';
import { SignIn } from './sign-in/sign-in.tsx';

interface Spoken {
  language: Language;
  texts: Texts;
}

interface AppProps {
  api: Api;
  session: Session;
  /** The language in which the page begins. */
  spoken: Spoken;
}

/** The whole page: signing in, or the user's chats. */
export function App({ api, session, spoken }: AppProps) {
  const [{ language, texts }, speak] = useState(spoken);
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const { words, notify, attempt } = useNotice();
  const app = useMemo(() => {
    const setLanguage = (chosen: Language) =>
      // Not `attempt`: it would clear what the page says at the top.
      void loadTexts(chosen).then(
        (loaded) => {
          speak({ language: chosen, texts: loaded });
          saveLanguage(chosen);
        },
        (error: unknown) => notify(wordsFor(error)),
      );
    return { api, session, texts, language, setLanguage, notify, attempt };
  }, [api, session, texts, language, notify, attempt]);
  const { user } = session;
  const store = useChatStore(api, session, user?.id);

  // Before the effects of the views: the title may get the number of unread messages.
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.title = texts.title;
  }, [language, texts]);

  useEffect(() => {
    session.onEnd = () => {
      forgetUser();
      rerender(0);
    };
    // Another tab signed out, or in as somebody else.
    const onStorage = ({ key }: StorageEvent) => {
      if (key === 'tokens' || key === null) rerender(0);
    };
    window.addEventListener('storage', onStorage);
    return () => window.removeEventListener('storage', onStorage);
  }, [session]);

  return (
    <AppProvider value={app}>
      {user && store ? (
        <NoticeProvider value={words}>
          <Home key={user.id} store={store} user={user} onRename={() => rerender(0)} />
        </NoticeProvider>
      ) : (
        <SignIn demo={demoAccount} friend={demoAnna} onSignIn={() => rerender(0)} />
      )}
      <p id="notice" role="alert">
        {words?.(texts)}
      </p>
    </AppProvider>
  );
}

/** The chats of one user; another user's store is closed. */
function useChatStore(api: Api, session: Session, userId: string | undefined): ChatStore | undefined {
  const store = useMemo(
    () => (userId === undefined ? undefined : new ChatStore(api, session, userId)),
    [api, session, userId],
  );
  useEffect(() => {
    store?.start();
    return () => void store?.close();
  }, [store]);
  return store;
}
