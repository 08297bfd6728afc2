import { render } from 'preact';
import { showTheme } from '../views/preferences.ts';
import type { AsyncApi } from './asyncapi.ts';
import { signIn } from './docs-session.ts';
import { SocketPage } from './socket-page.tsx';

showTheme();
const [spec, visitor] = await Promise.all([
  fetch('/asyncapi.json').then((answer) => answer.json() as Promise<AsyncApi>),
  signIn(),
]);
render(<SocketPage spec={spec} visitor={visitor} />, document.querySelector('#app') ?? document.body);
