import { demoAccount } from '../../demo-accounts.ts';
import { storedSession } from '../client/browser/stored-session.ts';
import { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';

/** Whose requests a page about the API sends. */
export interface Visitor {
  api: Api;
  session: Session;
}

/**
 * The person who is signed in in the chat, or else the demo account, which the page signs in by itself. Undefined if that
 * account has another password now.
 */
export async function signIn(): Promise<Visitor | undefined> {
  const inChat = visitor('tokens');
  if (await isSignedIn(inChat)) return inChat;
  // A session of its own: the chat stays signed out.
  const demo = visitor('docs-tokens');
  if (await isSignedIn(demo)) return demo;
  const { email, password } = demoAccount;
  return demo.api.login({ email, password }).then(
    (tokens) => {
      demo.session.begin(tokens);
      return demo;
    },
    () => undefined,
  );
}

function visitor(key: 'tokens' | 'docs-tokens'): Visitor {
  const session = storedSession(key);
  return { session, api: new Api(location.origin, session, document.documentElement.dataset.wsPath) };
}

/** Also replaces an access token that has expired. */
const isSignedIn = ({ api, session }: Visitor): Promise<boolean> =>
  session.user
    ? api.users.me().then(
        () => true,
        () => false,
      )
    : Promise.resolve(false);
