import { demoAccount } from '../demo-account.ts';
import { Api } from './api.ts';
import { el } from './dom.ts';
import { Home } from './home.ts';
import { Session, type Tokens } from './session.ts';
import { signInView } from './sign-in.ts';
import { en } from './texts/en.ts';
import { ru } from './texts/ru.ts';

const session = new Session({
  load: () => JSON.parse(localStorage.getItem('tokens') ?? 'null') as Tokens | undefined,
  save: (tokens) =>
    tokens ? localStorage.setItem('tokens', JSON.stringify(tokens)) : localStorage.removeItem('tokens'),
});
const api = new Api(location.origin, session);

const root = document.querySelector('#app') as HTMLElement;
let home: Home | undefined;

function show(): void {
  const language = localStorage.getItem('language') ?? (navigator.language.startsWith('ru') ? 'ru' : 'en');
  const texts = language === 'ru' ? ru : en;
  document.documentElement.lang = language;
  document.documentElement.dataset.theme = localStorage.getItem('theme') ?? '';
  document.title = texts.title;
  home?.close();
  home = undefined;
  const switches = el('p', { className: 'switches' });
  const other = texts === ru ? 'en' : 'ru';
  switches.append(
    switchButton(texts.otherLanguage, () => localStorage.setItem('language', other)),
    switchButton(texts.theme, () => localStorage.setItem('theme', isDark() ? 'light' : 'dark')),
  );
  const { user } = session;
  if (user) {
    home = new Home({ api, session, user, texts }, switches, show);
    root.replaceChildren(home.element);
  } else {
    const view = signInView({ api, session, texts, demo: demoAccount, onSignIn: show });
    view.append(switches);
    root.replaceChildren(view);
  }
}

function switchButton(text: string, change: () => void): HTMLElement {
  const onclick = () => {
    change();
    show();
  };
  return el('button', { type: 'button', className: 'quiet', onclick }, text);
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

session.onEnd = show;
// Another tab has signed in or out.
window.addEventListener('storage', ({ key, oldValue, newValue }) => {
  if (key === 'tokens' && (oldValue === null || newValue === null)) show();
});
show();
