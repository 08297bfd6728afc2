import { render } from 'preact';
import { put } from './client/browser/put.ts';
import { fieldsOf, isText } from './client/realtime/frames.ts';
import { Api } from './client/rest/api.ts';
import { Session, type Tokens } from './client/rest/session.ts';
import { App } from './views/app.tsx';
import { showTheme } from './views/preferences.ts';
import { recordTrail } from './views/trail.ts';

/** Content that cannot be read is no session: signing in replaces it. */
function readTokens(json: string): Tokens | undefined {
  const { user, accessToken, refreshToken } = fieldsOf(json);
  const { id, name }: Record<string, unknown> = { ...(typeof user === 'object' ? user : {}) };
  if (!isText(id) || !isText(name) || !isText(accessToken) || !isText(refreshToken)) return undefined;
  return { user: { id, name }, accessToken, refreshToken };
}

const session = new Session({
  load: () => readTokens(localStorage.getItem('tokens') ?? ''),
  save: (tokens) =>
    tokens ? localStorage.setItem('tokens', JSON.stringify(tokens)) : localStorage.removeItem('tokens'),
});

showTheme();
recordTrail();
render(
  <App api={new Api(location.origin, session, document.documentElement.dataset.wsPath, put)} session={session} />,
  document.querySelector('#app') ?? document.body,
);

// Only where the page is secure: under the name localhost, or over HTTPS.
navigator.serviceWorker?.register('/_local/playground/service-worker.js', { scope: '/' }).catch(() => {
  // The page works without it, but only with a network.
});
