import { type Mutant, mutantsOf } from '../mutant.ts';

/** What the requirements of docs/security.md forbid, where no other list has it. */

const auth = (title: string) => `test/functions/auth/${title}`;
const secrets = (title: string) => `test/accounts/secrets.test.ts "${title}"`;
const answers = (title: string) => `test/functions/answers.test.ts "${title}"`;

/** How secrets are made, stored and compared. */
const accounts: Mutant[] = [
  ...mutantsOf('shared/accounts/passwords.ts', [
    {
      name: 'a password matches by its first 72 bytes',
      find: ' && !bcrypt.truncates(password)',
      replace: '',
      killedBy: auth(
        'register.test.ts "accepts a password of 72 bytes, which does not match with one byte more or less"',
      ),
      asvs: ['6.2.8'],
    },
    {
      name: 'passwords are stored as plain text',
      find: "import bcrypt from 'bcryptjs';",
      replace: `const bcrypt = {
        hash: async (password: string, _cost: number) => password,
        compare: async (password: string, hash: string) => password === hash,
        truncates: () => false,
      };`,
      killedBy: secrets('is stored as a bcrypt hash of cost 10, however it is set'),
      asvs: ['11.4.2'],
    },
    {
      name: 'passwords are hashed at cost 4',
      find: 'const cost = 10;',
      replace: 'const cost = 4;',
      killedBy: secrets('is stored as a bcrypt hash of cost 10, however it is set'),
      asvs: ['11.4.2'],
    },
    {
      name: 'an unknown email costs no hashing',
      find: '  const equal = await bcrypt',
      replace: '  if (hash === undefined) return false;\n  const equal = await bcrypt',
      killedBy: secrets('is hashed as often and at the same cost for an unknown email as for a known one'),
      asvs: ['6.3.8'],
    },
    {
      name: 'an unknown email costs less hashing',
      find: 'const nobody = `$2b$${cost}$',
      replace: 'const nobody = `$2b$04$',
      killedBy: secrets('is hashed as often and at the same cost for an unknown email as for a known one'),
      asvs: ['6.3.8'],
    },
  ]),
  ...mutantsOf('shared/accounts/common-passwords.ts', [
    {
      name: 'three common passwords are refused',
      find: "dictionary['passwords-common'] as readonly string[]",
      replace: "(dictionary['passwords-common'] as readonly string[]).slice(0, 3)",
      killedBy: secrets('is refused if it is one of the 3,000 most common'),
      asvs: ['6.2.4'],
    },
    {
      name: 'a common password in capitals is accepted',
      find: 'password.toLowerCase()',
      replace: 'password',
      killedBy: secrets('is refused if it is one of the 3,000 most common'),
      asvs: ['6.2.4'],
    },
  ]),
  ...mutantsOf('infra/bundle/slim-packages.ts', [
    {
      name: 'a bundle has three common passwords',
      find: '.slice(0, 3000)',
      replace: '.slice(0, 3)',
      killedBy: 'test/infra/bundles.test.ts "those that choose passwords have the 3,000 most common ones"',
    },
  ]),
  ...mutantsOf('shared/accounts/one-time-codes.ts', [
    {
      name: 'the one-time code is always the same',
      find: "String(randomInt(1_000_000)).padStart(6, '0')",
      replace: "'123456'",
      killedBy: secrets('is, as a one-time code, six digits of which each can be anything'),
      asvs: ['6.5.3'],
    },
    {
      name: 'one-time codes have two random digits',
      find: 'randomInt(1_000_000)',
      replace: 'randomInt(100)',
      killedBy: secrets('is, as a one-time code, six digits of which each can be anything'),
      asvs: ['6.5.3'],
    },
    {
      name: 'one-time codes come from Math.random',
      find: 'randomInt(1_000_000)',
      replace: 'Math.floor(Math.random() * 1_000_000)',
      killedBy: secrets('is, as a one-time code, six digits of which each can be anything'),
      asvs: ['6.5.3'],
    },
    {
      name: 'a one-time code lives an hour',
      find: 'codeLifetime = 5 * 60',
      replace: 'codeLifetime = 60 * 60',
      killedBy: auth('one-time-codes.test.ts "expires after five minutes"'),
      asvs: ['6.5.5'],
    },
    {
      name: 'a one-time code is used again and again',
      find: '(await consumeOneTimeCode(phone, digest)) !== undefined',
      replace: 'false',
      killedBy: auth('one-time-codes.test.ts "can be used once: of five simultaneous logins one succeeds"'),
      asvs: ['6.4.1'],
    },
    {
      name: 'any code is right for a phone that has asked for one',
      find: 'update(`${phone}:${code}`)',
      replace: 'update(phone)',
      killedBy: auth('one-time-codes.test.ts "becomes invalid when a newer one is sent"'),
      asvs: ['6.6.2'],
    },
  ]),
  ...mutantsOf('shared/data/accounts/one-time-codes.ts', [
    {
      name: 'a one-time code has twelve tries',
      find: 'maxTries = 5',
      replace: 'maxTries = 12',
      killedBy: auth('one-time-codes.test.ts "becomes invalid after five wrong attempts"'),
      asvs: ['6.6.3'],
    },
  ]),
  ...mutantsOf('shared/accounts/tickets.ts', [
    {
      name: 'a ticket has 24 bits',
      find: 'randomBytes(32)',
      replace: 'randomBytes(3)',
      killedBy: secrets('is, as a ticket, 256 bits of which each can be anything'),
      asvs: ['11.5.1'],
    },
    {
      name: 'tickets come from Math.random',
      find: "randomBytes(32).toString('base64url')",
      replace: "Buffer.from(Array.from({ length: 32 }, () => Math.random() * 256)).toString('base64url')",
      killedBy: secrets('is, as a ticket, 256 bits of which each can be anything'),
      asvs: ['11.5.1'],
    },
    {
      name: 'a ticket opens any number of sockets',
      find: '  return holder;',
      replace:
        '  await storeTicket(hashOf(ticket), holder, Math.floor(Date.now() / 1000) + ticketLifetime);\n  return holder;',
      killedBy: auth('tickets.test.ts "opens one socket"'),
      asvs: ['4.4.3', '14.2.1'],
    },
  ]),
  ...mutantsOf('shared/chats/groups.ts', [
    {
      name: 'invite codes come from Math.random',
      find: 'alphabet[randomInt(alphabet.length)]',
      replace: 'alphabet[Math.floor(Math.random() * alphabet.length)]',
      killedBy: secrets('is, as an invite code, eight symbols of which each can be anything'),
    },
    {
      name: 'unknown users are added to a group',
      find: 'if (unknown.length > 0)',
      replace: 'if (unknown.length > 1)',
      killedBy: 'test/functions/groups/members.test.ts "rejects unknown users and adds nobody"',
      asvs: ['2.3.3'],
    },
  ]),
  ...mutantsOf('shared/accounts/reauthenticate.ts', [
    {
      name: 'any password proves who one is',
      find: 'return provePassword(user, password);',
      replace: 'return;',
      killedBy: auth('change-password.test.ts "rejects a wrong password, and after ten attempts the right one too"'),
      asvs: ['6.2.2'],
    },
    {
      name: 'a one-time code does not replace a forgotten password',
      find: 'if (code !== undefined && user.phone !== undefined)',
      replace: 'if (code !== undefined && user.passwordHash === undefined && user.phone !== undefined)',
      killedBy: auth('change-password.test.ts "accepts a one-time code instead of a forgotten password"'),
      asvs: ['6.4.3'],
    },
    {
      name: 'nothing needs to be proved',
      find: "  throw new Problem('proof_missing');\n",
      replace: '',
      killedBy: 'test/functions/users/linking.test.ts "requires a one-time code and the account’s password"',
      asvs: ['7.5.1'],
    },
  ]),
  ...mutantsOf('functions/users/link-phone.ts', [
    {
      name: 'a phone is linked without a code sent to it',
      find: '  await redeemCode(phone, body.code);\n',
      replace: '',
      killedBy: 'test/functions/users/linking.test.ts "rejects a phone of another account, and a wrong one-time code"',
      asvs: ['2.3.1'],
    },
  ]),
  ...mutantsOf('shared/contract/fields/password.ts', [
    {
      name: 'a password has seven characters',
      find: '.length >= 8,',
      replace: '.length >= 7,',
      killedBy: auth('register.test.ts "rejects a password of 7 characters and names the field"'),
      asvs: ['2.1.1'],
    },
    {
      name: 'a password has at most 63 bytes',
      find: 'Buffer.byteLength(password) <= 72,',
      replace: 'Buffer.byteLength(password) <= 63,',
      killedBy: auth(
        'register.test.ts "accepts a password of 72 bytes, which does not match with one byte more or less"',
      ),
      asvs: ['6.2.1'],
    },
    {
      name: 'a password needs a digit',
      find: "rule((password) => !password.includes('\\0'),",
      replace:
        "rule((password) => /\\d/.test(password), 'needs a digit'),\n      rule((password) => !password.includes('\\0'),",
      killedBy: auth(
        'register.test.ts "accepts a password of 72 bytes, which does not match with one byte more or less"',
      ),
      asvs: ['6.2.5'],
    },
  ]),
];

/** Sessions and tokens. */
const sessions: Mutant[] = [
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
      find: 'return session !== undefined && isLive(session);',
      replace: 'return session === undefined || isLive(session);',
      killedBy: auth(
        'sessions.test.ts "can be ended one by one: an ended session cannot refresh, open sockets or call endpoints that check it"',
      ),
      asvs: ['7.4.1'],
    },
    {
      name: 'a user is told that the session of another one has ended',
      find: "return deleted.Attributes ? undefined : 'no such session';",
      replace: 'return undefined;',
      killedBy: auth('sessions.test.ts "cannot be ended by another user"'),
      asvs: ['7.5.2'],
    },
    {
      name: 'other sessions go on after a new password',
      find: 'sessions.filter(({ id }) => id !== exceptId)',
      replace: 'sessions.filter(() => exceptId === undefined)',
      killedBy: auth('change-password.test.ts "ends all other sessions and keeps the current one"'),
      asvs: ['7.4.3'],
    },
  ]),
  ...mutantsOf('shared/data/accounts/users.ts', [
    {
      name: 'the sessions of a deleted account stay',
      find: 'items.filter((item) => !sameKey(item, profile) && !isMembership(item))',
      replace: 'items.filter((item) => sameKey(item, profile))',
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
      find: "if (access === 'session' && !(await isSessionLive(userId, sessionId)))",
      replace: "if (access === 'session' && !(await isSessionLive(userId, sessionId)) && userId === sessionId)",
      killedBy: 'test/functions/access.test.ts "GET /users/me rejects requests without a valid token"',
      asvs: ['8.1.1'],
    },
    {
      name: 'whoever cannot be checked is let in',
      find: '!(await isSessionLive(userId, sessionId))',
      replace: '!(await isSessionLive(userId, sessionId).catch(() => true))',
      killedBy: answers('POST /auth/ticket lets nobody in'),
      asvs: ['16.5.3'],
    },
  ]),
  ...mutantsOf('functions/websocket/connect.ts', [
    {
      name: 'a user has 250 sockets',
      find: 'maxSockets = 100',
      replace: 'maxSockets = 250',
      killedBy: 'test/functions/websocket/sockets.test.ts "is limited to a hundred open sockets per user"',
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
      find: 'await send({ chatId, userId, connectionId }, { content, clientId });',
      replace:
        "const { publish } = await import('#shared/chats/send.ts');\n  await publish({ chatId, userId, type: 'text', content, clientId }, 'Anna');",
      killedBy: 'test/delivery/close.test.ts "a socket that outlives its membership cannot send or read"',
      asvs: ['8.2.2'],
    },
  ]),
  ...mutantsOf('functions/websocket/sync.ts', [
    {
      name: 'sync reads a chat that its user has left',
      find: 'requireParticipant(userId, chatId), ',
      replace: '',
      killedBy: 'test/delivery/close.test.ts "a socket that outlives its membership cannot send or read"',
      asvs: ['8.2.2'],
    },
  ]),
];

/** Requests, answers and the log. */
const requests: Mutant[] = [
  ...mutantsOf('shared/contract/chats/list-messages.ts', [
    {
      name: 'after and before are taken together',
      find: 'after === undefined || before === undefined',
      replace: 'true',
      killedBy: 'test/functions/chats/list-messages.test.ts "rejects after and before together"',
      asvs: ['2.2.3'],
    },
  ]),
  ...mutantsOf('shared/lambda/validation.ts', [
    {
      name: 'clients check their requests themselves',
      find: 'if (success) return data;',
      replace: 'if (success || error) return (data ?? value) as z.output<Schema>;',
      killedBy: answers('rejects every field of POST /chats/{chatId}/messages that is not as the contract says'),
      asvs: ['2.2.2'],
    },
    {
      name: 'types are not checked',
      find: 'if (success) return data;',
      replace: 'if (success || error) return (data ?? value) as z.output<Schema>;',
      killedBy: 'test/functions/hostile.test.ts "POST /groups never answers random input with a 5xx"',
      asvs: ['15.3.5'],
    },
  ]),
  ...mutantsOf('shared/data/chats/groups.ts', [
    {
      name: 'a name is pasted into an expression',
      find: "'SET #name = :name'",
      replace: '`SET #name = :name, ${JSON.stringify(name)} = :name`',
      killedBy: 'test/functions/injection.test.ts "is stored as it is: %s"',
      asvs: ['1.2.4'],
    },
  ]),
  ...mutantsOf('shared/data/keys.ts', [
    {
      name: 'a separator in an id ends it',
      find: "user: (userId: string): Key => ({ pk: userPartition(userId), sk: 'PROFILE' }),",
      replace: "user: (userId: string): Key => ({ pk: userPartition(userId.split('#')[0] ?? ''), sk: 'PROFILE' }),",
      killedBy: 'test/functions/injection.test.ts "reaches no item of others by PUT /users/{userId}/block"',
      asvs: ['1.2.4'],
    },
  ]),
  ...mutantsOf('shared/lambda/endpoint.ts', [
    {
      name: 'an answer does not say its content type',
      find: "'content-type': 'application/json', ",
      replace: '',
      killedBy: answers('states its content type and forbids caching in every answer of GET /chats'),
      asvs: ['4.1.1'],
    },
    {
      name: 'answers may be cached',
      find: "'cache-control': 'no-store'",
      replace: "'cache-control': 'private'",
      killedBy: 'test/e2e/contract.test.ts "no answer may be cached, except the specifications"',
      asvs: ['14.3.2'],
      wholeFile: true,
    },
  ]),
  ...mutantsOf('shared/lambda/answer-problems.ts', [
    {
      name: 'a refusal does not say its content type',
      find: "'content-type': 'application/problem+json',",
      replace: '',
      killedBy: answers('states its content type and forbids caching in every answer of GET /chats'),
      asvs: ['4.1.1'],
    },
    {
      name: 'refusals may be cached',
      find: "'cache-control': 'no-store',",
      replace: '',
      killedBy: answers('states its content type and forbids caching in every answer of GET /chats'),
    },
    {
      name: 'an internal error is told to the client',
      find: 'detail: details.detail, requestId,',
      replace: 'detail: details.detail ?? String(details.cause), requestId,',
      killedBy: 'test/functions/hostile.test.ts "an internal error is answered with 500 and reveals nothing"',
      asvs: ['16.5.1'],
    },
  ]),
  ...mutantsOf('shared/platform/problem.ts', [
    {
      name: 'an unavailable database is a fault of ours',
      find: "'ECONNREFUSED', ",
      replace: '',
      killedBy: 'test/functions/hostile.test.ts "an unavailable database is answered with 503 and Retry-After"',
      asvs: ['16.5.2'],
    },
  ]),
  ...mutantsOf('shared/people/users.ts', [
    {
      name: 'an answer has the whole profile',
      find: '({ id, email, name, phone }: User) => ({ id, email, name, phone })',
      replace: '(user: User) => user',
      killedBy: 'test/functions/users/profile.test.ts "shows id, email and name, and the name can be changed"',
      asvs: ['8.2.3'],
    },
  ]),
  ...mutantsOf('shared/contract/users/update-me.ts', [
    {
      name: 'a request may set any field of the profile',
      find: 'body: z.object(',
      replace: 'body: z.looseObject(',
      killedBy: answers('takes no field from PATCH /users/me that the contract does not have'),
      asvs: ['15.3.3'],
    },
  ]),
  ...mutantsOf('shared/lambda/client-ip.ts', [
    {
      name: 'a client chooses the address that it is counted by',
      find: "split(',').at(-2)",
      replace: "split(',').at(0)",
      killedBy: auth(
        'login.test.ts "is counted for the client address reported by the edge, not for one that a client claims"',
      ),
      asvs: ['4.1.3'],
    },
    {
      name: 'anyone is the edge',
      find: "headers['chat-edge-key'] === settings.edgeKey() &&",
      replace: '',
      killedBy: auth(
        'login.test.ts "is counted for the client address reported by the edge, not for one that a client claims"',
      ),
      asvs: ['4.1.3'],
    },
  ]),
  ...mutantsOf('shared/data/chats/invites.ts', [
    {
      name: 'an invite code is used once too often by those who join at once',
      find: 'uses < maxUses',
      replace: 'uses <= maxUses',
      killedBy:
        'test/functions/groups/invite-codes.test.ts "admit exactly as many users as they have uses, even when more join at once"',
      asvs: ['2.3.4'],
    },
  ]),
  ...mutantsOf('shared/platform/log.ts', [
    {
      name: 'a log line is written over several lines',
      find: '`${JSON.stringify(line)}\\n`',
      replace: '`${JSON.stringify(line, undefined, 1)}\\n`',
      killedBy: 'test/platform/log-lines.test.ts "are one JSON object each, whatever clients send"',
      asvs: ['16.4.1'],
    },
    {
      name: 'the text of an error is logged as it is',
      find: '`${JSON.stringify(line)}\\n`',
      replace:
        "`${JSON.stringify({ ...line, error: undefined })}${error instanceof Error ? ` ${error.message}` : ''}\\n`",
      killedBy: 'test/platform/log-lines.test.ts "are one JSON object each, whatever an error says"',
      asvs: ['16.4.1'],
    },
  ]),
  ...mutantsOf('shared/platform/invocation-log.ts', [
    {
      name: 'the log does not say who it was',
      find: '    ...subject,\n',
      replace: '',
      killedBy: 'test/platform/invocation-log.test.ts "is one line: who, what, where, outcome and duration"',
      asvs: ['16.2.1'],
    },
  ]),
  ...mutantsOf('shared/lambda/log-request.ts', [
    {
      name: 'the log does not say why a request was refused',
      find: ', code: problem?.code }',
      replace: ' }',
      killedBy: 'test/platform/invocation-log.test.ts "that is refused is one line with its code"',
      asvs: ['16.3.2'],
    },
    {
      name: 'the query string is logged',
      find: `    before: ({ event: { routeKey, requestContext } }) => {
      const { requestId } = requestContext;
      beginInvocation({ route: routeKey,`,
      replace: `    before: ({ event: { routeKey, rawQueryString, requestContext } }) => {
      const { requestId } = requestContext;
      beginInvocation({ route: routeKey + ' ' + rawQueryString,`,
      killedBy: 'test/e2e/contract.test.ts "no log line contains a token, a password, a code or a query string"',
      asvs: ['16.2.5'],
      wholeFile: true,
    },
  ]),
];

/** The assistant and Google. */
const services: Mutant[] = [
  ...mutantsOf('functions/ai/ask-assistant.ts', [
    {
      name: 'the model sends the link of the meeting',
      find: "createMeetingAs(headers.authorization ?? '', deadline) : undefined;",
      replace: "createMeetingAs(headers.authorization ?? '', deadline) : /https:\\S+/.exec(answer.content)?.[0];",
      killedBy:
        'test/functions/ai/ask-assistant.test.ts "suggests a meeting by the tool, and never uses a link from the model"',
      asvs: ['1.3.6'],
    },
  ]),
  ...mutantsOf('shared/assistant/transcript.ts', [
    {
      name: 'messages are given to the model as they are',
      find: 'text: content }',
      replace: 'text: `${content}\\n` }',
      killedBy: 'test/functions/ai/ask-assistant.test.ts "keeps what users write inside the data: %s"',
      asvs: ['2.2.1'],
    },
  ]),
  ...mutantsOf('shared/assistant/budget.ts', [
    {
      name: 'the assistant answers without a budget',
      find: 'byUser.used >= user',
      replace: 'byUser.used >= 2.5 * user',
      killedBy: 'test/functions/ai/token-budget.test.ts "of a user applies for a day, in every chat"',
      asvs: ['2.4.1'],
    },
  ]),
  ...mutantsOf('shared/assistant/meeting.ts', [
    {
      name: 'any question asks for a meeting',
      find: 'asksForMeeting = (question: string): boolean =>',
      replace: 'asksForMeeting = (question: string): boolean => question !== "" ||',
      killedBy:
        'test/functions/google/create-meeting.test.ts "has no meeting tool for other questions or unlinked users, and calling it creates nothing"',
      asvs: ['8.3.1'],
    },
  ]),
  ...mutantsOf('shared/google/vault.ts', [
    {
      name: "Google's tokens are bound to no user",
      find: "import { callAws } from '#shared/platform/aws/call.ts';",
      replace: `import { callAws as call } from '#shared/platform/aws/call.ts';
      const callAws = (service: string, action: string, input: object) =>
        call(service, action, { ...input, EncryptionContext: {} });`,
      killedBy:
        'test/functions/google/link-google.test.ts "stores the tokens so that only KMS can decrypt them, and only for this user"',
    },
    {
      name: "Google's tokens are not encrypted",
      find: 'return (sealed as { CiphertextBlob: string }).CiphertextBlob;',
      replace: 'return Plaintext + (sealed ? "" : "");',
      killedBy:
        'test/functions/google/link-google.test.ts "stores the tokens so that only KMS can decrypt them, and only for this user"',
      asvs: ['11.3.2'],
    },
  ]),
];

/** The template. */
const template: Mutant[] = [
  ...mutantsOf('infra/constructs/edge.ts', [
    {
      name: 'the edge takes plain HTTP',
      find: 'ViewerProtocolPolicy.HTTPS_ONLY',
      replace: 'ViewerProtocolPolicy.ALLOW_ALL',
      killedBy: 'test/infra/template.test.ts "accepts only TLS"',
      asvs: ['4.4.1'],
    },
  ]),
  ...mutantsOf('infra/constructs/tables.ts', [
    {
      name: 'a function does anything with a table',
      find: '`dynamodb:${action}`',
      replace: '`dynamodb:${action}*`',
      killedBy:
        'test/infra/template.test.ts "grants no action by wildcard, no managed policy, and all resources only to X-Ray, which has none"',
      asvs: ['13.2.2'],
    },
  ]),
  ...mutantsOf('infra/grants.ts', [
    {
      name: 'a function has a permission that it does not use',
      find: "'users/get-me': forSession(),",
      replace: "'users/get-me': forSession('DeleteItem'),",
      killedBy: 'test/e2e/contract.test.ts "every grant of every role was needed"',
      asvs: ['13.2.2'],
      wholeFile: true,
    },
    {
      name: 'a function that needs no code key has it',
      find: "'users/get-me': forSession(),",
      replace: "'users/get-me': [...forSession(), keys.hashCodes()],",
      killedBy: 'test/infra/template.test.ts "gives each key only to the functions that need it: CODE_KEY"',
      asvs: ['13.3.1'],
    },
    {
      name: 'a function that signs no tokens reads their key',
      find: "'users/get-me': forSession(),",
      replace: "'users/get-me': [...forSession(), sign],",
      killedBy:
        'test/infra/keys.test.ts "only login, register, refresh and rotation may read the key that signs the tokens"',
      asvs: ['13.3.2'],
    },
  ]),
];

export const requirements: Mutant[] = [...accounts, ...sessions, ...requests, ...services, ...template];
