import { demoAccount } from '../demo-account.ts';
import { Api } from './client/api.ts';
import { Session, type Tokens, type User } from './client/session.ts';
import { MyChats } from './state/my-chats.ts';
import { en } from './texts/en.ts';
import { ru } from './texts/ru.ts';
import { el } from './views/dom.ts';
import { Home } from './views/home.ts';
import { signInView } from './views/sign-in.ts';

const session = new Session({
  load: () => JSON.parse(localStorage.getItem('tokens') ?? 'null') as Tokens | undefined,
  save: (tokens) =>
    tokens ? localStorage.setItem('tokens', JSON.stringify(tokens)) : localStorage.removeItem('tokens'),
});
const api = new Api(location.origin, session);

const root = document.querySelector('#app') as HTMLElement;
let home: Home | undefined;
let mine: MyChats | undefined;

/** Makes the page anew. What the user has there stays: the open chat, what is on its way, half a message. */
function show(): void {
  const language = localStorage.getItem('language') ?? (navigator.language.startsWith('ru') ? 'ru' : 'en');
  const texts = language === 'ru' ? ru : en;
  document.documentElement.lang = language;
  document.title = texts.title;
  showTheme();
  home?.close();
  home = undefined;
  const switches = el(
    'p',
    { className: 'switches' },
    switchButton(texts.otherLanguage, () => switchLanguage(texts === ru ? 'en' : 'ru')),
    switchButton(texts.theme, switchTheme),
  );
  const { user } = session;
  const whose = chatsOf(user);
  if (user && whose) {
    home = new Home({ api, session, user, texts, mine: whose }, switches, show);
    root.replaceChildren(home.element);
  } else {
    const view = signInView({ api, session, texts, demo: demoAccount, onSignIn: show });
    view.append(switches);
    root.replaceChildren(view);
  }
}

/** What is there of this user's chats; another user's is closed. */
function chatsOf(user: User | undefined): MyChats | undefined {
  if (mine?.userId === user?.id) return mine;
  mine?.close();
  mine = user && new MyChats(api, session, user.id);
  return mine;
}

const switchButton = (text: string, onclick: () => void) =>
  el('button', { type: 'button', className: 'quiet', onclick }, text);

function switchLanguage(language: 'en' | 'ru'): void {
  localStorage.setItem('language', language);
  show();
  // The button that was pressed is gone; here is the same one.
  root.querySelector<HTMLElement>('.switches button')?.focus();
}

function switchTheme(): void {
  localStorage.setItem('theme', isDark() ? 'light' : 'dark');
  showTheme();
}

function showTheme(): void {
  document.documentElement.dataset.theme = localStorage.getItem('theme') ?? '';
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
