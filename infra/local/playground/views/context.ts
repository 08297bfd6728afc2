import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';
import type { Texts } from '../texts/en/index.ts';
import type { Language } from './preferences.ts';

/** Words in the language that the page has when it shows them. */
export type Words = (texts: Texts) => string;

/** What every view needs. It changes with the language only. */
export interface AppContext {
  api: Api;
  session: Session;
  texts: Texts;
  language: Language;
  /** Changes the language of the page and keeps it. */
  setLanguage(language: Language): void;
  /** Shows words at the top of the page for a few seconds. */
  notify(words: Words): void;
  /** Clears the words at the top and runs what the user asked for. Returns false after telling the user what went wrong. */
  attempt(action: () => Promise<unknown>): Promise<boolean>;
}

const Context = createContext<AppContext | undefined>(undefined);

export const AppProvider = Context.Provider;

export function useApp(): AppContext {
  const app = useContext(Context);
  if (!app) throw new Error('This view is not inside of an AppProvider.');
  return app;
}
