import { render } from 'preact';
import { put } from './client/browser/put.ts';
import { storedSession } from './client/browser/stored-session.ts';
import { Api } from './client/rest/api.ts';
import { loadTexts } from './texts/load-texts.ts';
import { App } from './views/app.tsx';
import { savedLanguage, showTheme } from './views/preferences.ts';
import { recordTrail } from './views/trail.ts';

const session = storedSession('tokens');

showTheme();
recordTrail();
const language = savedLanguage();
const texts = await loadTexts(language);
const api = new Api(location.origin, session, document.documentElement.dataset.wsPath, put);
render(
  <App api={api} session={session} spoken={{ language, texts }} />,
  document.querySelector('#app') ?? document.body,
);
// Creating Intl's first formatter takes 15 to 30 ms, so it is done while the server answers.
setTimeout(() => texts.time(new Date()));
// Preact leaves what was in its element before.
document.querySelector('.splash')?.remove();

// Only where the page is secure: under the name localhost, or over HTTPS.
navigator.serviceWorker?.register('/_local/playground/service-worker.js', { scope: '/' }).catch(() => {
  // The page works without it, but only with a network.
});
