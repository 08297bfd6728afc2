import { render } from 'preact';
import { Api } from './client/rest/api.ts';
import { Session, type Tokens } from './client/rest/session.ts';
import { App } from './views/app.tsx';
import { showTheme } from './views/preferences.ts';

const session = new Session({
  load: () => JSON.parse(localStorage.getItem('tokens') ?? 'null') as Tokens | undefined,
  save: (tokens) =>
    tokens ? localStorage.setItem('tokens', JSON.stringify(tokens)) : localStorage.removeItem('tokens'),
});

showTheme();
render(
  <App api={new Api(location.origin, session, document.documentElement.dataset.wsPath)} session={session} />,
  document.querySelector('#app') ?? document.body,
);
