import { Session, type Tokens } from '../../../../infra/local/playground/client/rest/session.ts';

const tokens: Tokens = { user: { id: 'anna', name: 'Anna' }, accessToken: 'a token', refreshToken: 'another' };

/** A session that never ends. */
export const signedIn = () => new Session({ load: () => tokens, save: () => {} });
