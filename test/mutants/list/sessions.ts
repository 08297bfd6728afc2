import { type Mutant, mutantsOf } from '../mutant.ts';

/** Sessions, tokens and sockets. */

const auth = (title: string) => `test/functions/auth/${title}`;
const answers = (title: string) => `test/functions/answers.test.ts "${title}"`;

export const sessions: Mutant[] = [
  ...mutantsOf('shared/accounts/open-session.ts', [
    {
      name: 'every login of a user is the same session',
      find: 'const sessionId = randomUUID();',
      replace: 'const sessionId = userId;',
      killedBy: auth('sessions.test.ts "are listed with their devices, the current one marked"'),
      asvs: ['7.2.4'],
    },
  ]),
  ...mutantsOf('shared/tokens/claims.ts', [
    {
      name: 'an unused session lives 60 days',
      find: 'refresh: 30 * 24 * 60 * 60',
      replace: 'refresh: 60 * 24 * 60 * 60',
      killedBy: auth('refresh.test.ts "keeps the session for another 30 days; an unrotated one ends after 30"'),
      asvs: ['7.3.1'],
    },
    {
      name: 'an access token lives a day',
      find: 'access: 60 * 60,',
      replace: 'access: 24 * 60 * 60,',
      killedBy: 'test/tokens/tokens.test.ts "says that a formerly valid token has expired"',
      asvs: ['9.2.1'],
    },
  ]),
  ...mutantsOf('shared/tokens/verify.ts', [
    {
      name: 'the audience of a token is not checked',
      find: '      audience,\n',
      replace: '',
      killedBy: 'test/tokens/tokens.test.ts "rejects a token for another audience"',
      asvs: ['9.1.2'],
    },
    {
      name: 'the signature of a token is not checked',
      find: 'const { payload } = await jwtVerify<{ sid: string; rot?: number }>(token, findKey, {',
      replace:
        "const [, part = ''] = token.split('.');\n    const payload = JSON.parse(Buffer.from(part, 'base64url').toString());\n    Object.assign({ errors, jwtVerify, findKey }, {",
      killedBy: 'test/tokens/tokens.test.ts "rejects a token signed by another key"',
      asvs: ['7.2.1'],
    },
    {
      name: 'a refresh token is an access token',
      find: 'typ: headerType[kind],',
      replace: '',
      killedBy: auth('refresh.test.ts "rejects an access token, and endpoints reject a refresh token"'),
      asvs: ['9.2.2'],
    },
  ]),
  ...mutantsOf('shared/data/accounts/sessions.ts', [
    {
      name: 'an ended session is live',
      find: 'if (!first || isLive(first, generation)) return first;',
      replace: 'return (first ?? { id: sessionId, userId }) as Session;',
      killedBy: auth(
        'sessions.test.ts "can be ended one by one: an ended session cannot refresh, open sockets or call endpoints that check it"',
      ),
      asvs: ['7.4.1'],
    },
    {
      name: 'a user is told that the session of another one has ended',
      find: "if (!deleted.Attributes) return 'no such session';",
      replace: 'if (!deleted.Attributes) return undefined;',
      killedBy: auth('sessions.test.ts "cannot be ended by another user"'),
      asvs: ['7.5.2'],
    },
  ]),
  ...mutantsOf('shared/data/accounts/users.ts', [
    {
      name: 'other sessions go on after a new password',
      find: 'sessionGeneration: generation + 1 }',
      replace: 'sessionGeneration: generation }',
      killedBy: auth('change-password.test.ts "ends all other sessions and keeps the current one"'),
      asvs: ['7.4.3'],
    },
    {
      name: 'the sessions of a deleted account stay',
      find: 'items.filter((item) => !isMembership(item) && !kept.some((key) => sameKey(item, key)))',
      replace: 'items.filter((item) => kept.some((key) => sameKey(item, key) && isMembership(item)))',
      killedBy:
        'test/functions/users/deletion.test.ts "leaves every chat with a system message, erases everything but the messages, and closes the sockets"',
      asvs: ['7.4.2'],
    },
  ]),
  ...mutantsOf('shared/lambda/authenticate.ts', [
    {
      name: 'an endpoint needs no token',
      find: "if (!token) throw new Problem('token_missing');",
      replace: "if (!token) return { userId: 'nobody', sessionId: 'none' };",
      killedBy: 'test/functions/access.test.ts "GET /chats rejects requests without a valid token"',
      asvs: ['8.1.1'],
    },
    {
      name: 'an endpoint does not read the session',
      find: "if (access === 'session' && !(await getLiveSession(userId, sessionId)))",
      replace: "if (access === 'session' && !(await getLiveSession(userId, sessionId)) && userId === sessionId)",
      killedBy: 'test/functions/access.test.ts "GET /users/me rejects requests without a valid token"',
      asvs: ['8.1.1'],
    },
    {
      name: 'whoever cannot be checked is let in',
      find: '!(await getLiveSession(userId, sessionId))',
      replace: '!(await getLiveSession(userId, sessionId).catch(() => true))',
      killedBy: answers('POST /auth/ticket lets nobody in'),
      asvs: ['16.5.3'],
    },
  ]),
  ...mutantsOf('shared/contract/websocket/sync.ts', [
    {
      name: 'a user sends sync 300 times a minute',
      find: 'allow: 120,',
      replace: 'allow: 300,',
      killedBy: 'test/functions/websocket/sync.test.ts "is allowed 120 times a minute, and not once more"',
    },
  ]),
  ...mutantsOf('functions/websocket/message.ts', [
    {
      name: 'a frame is not checked against the membership',
      find: 'await send({ chatId, userId, connectionId }, draft);',
      replace:
        "const { publish } = await import('#shared/chats/messages/send.ts');\n  await publish({ chatId, userId, type: 'text', content: draft.content }, 'Anna');",
      killedBy: 'test/delivery/close.test.ts "a socket that outlives its membership cannot send or read"',
      asvs: ['8.2.2'],
    },
  ]),
  ...mutantsOf('functions/websocket/sync.ts', [
    {
      name: 'sync reads a chat that its user has left',
      find: 'requireReader(), ',
      replace: '',
      killedBy: 'test/delivery/close.test.ts "a socket that outlives its membership cannot send or read"',
      asvs: ['8.2.2'],
    },
  ]),
];
