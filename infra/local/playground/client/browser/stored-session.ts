import { fieldsOf, isText } from '../realtime/frames.ts';
import { Session, type Tokens } from '../rest/session.ts';

/** Content that cannot be read does not count as a session: signing in replaces it. */
function readTokens(json: string): Tokens | undefined {
  const { user, accessToken, refreshToken } = fieldsOf(json);
  const { id, name }: Record<string, unknown> = { ...(typeof user === 'object' ? user : {}) };
  if (!isText(id) || !isText(name) || !isText(accessToken) || !isText(refreshToken)) return undefined;
  return { user: { id, name }, accessToken, refreshToken };
}

/** A session whose tokens are in the browser's storage under `key`, so that all tabs have the same one. */
export const storedSession = (key: 'tokens' | 'docs-tokens'): Session =>
  new Session({
    load: () => readTokens(localStorage.getItem(key) ?? ''),
    save: (tokens) => (tokens ? localStorage.setItem(key, JSON.stringify(tokens)) : localStorage.removeItem(key)),
  });
