import { type Mutant, mutantsOf } from '../mutant.ts';

/** What is taken from a request, and what an answer has. */

const auth = (title: string) => `test/functions/auth/${title}`;
const answers = (title: string) => `test/functions/answers.test.ts "${title}"`;

export const requests: Mutant[] = [
  ...mutantsOf('shared/contract/chats/list-messages.ts', [
    {
      name: 'after and before are taken together',
      find: 'filter((seq) => seq !== undefined).length <= 1',
      replace: 'filter((seq) => seq !== undefined).length <= 2',
      killedBy: 'test/functions/chats/list-messages.test.ts "rejects %j together"',
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
  ...mutantsOf('shared/lambda/body-text.ts', [
    {
      name: 'a compressed body is read as text',
      find: 'compressions.test(encoding) || ',
      replace: '',
      killedBy: 'test/lambda/body-text.test.ts "refuses the encoding %s and says which it takes"',
    },
    {
      name: 'the charset is ignored',
      find: '/utf[-_]?8|ascii/i.test(charset)',
      replace: "charset !== ''",
      killedBy: 'test/lambda/body-text.test.ts "%s is refused"',
    },
    {
      name: 'broken text is stored with U+FFFD',
      find: "Number(headers['content-length']) === bytes.length",
      replace: "Number(headers['content-length']) <= bytes.length",
      killedBy: 'test/lambda/body-text.test.ts "refuses bytes of the type "%s" that are not UTF-8"',
    },
    {
      name: 'without a length, broken text is stored with U+FFFD',
      find: "Number(headers['content-length'])",
      replace: "Number(headers['content-length'] ?? bytes.length)",
      killedBy: 'test/lambda/body-text.test.ts "is refused if it is not UTF-8: %s"',
    },
    {
      name: 'bytes that are not UTF-8 are read all the same',
      find: 'return isUtf8(bytes);',
      replace: 'return isUtf8(bytes) || bytes.length > 0;',
      killedBy: 'test/lambda/body-text.test.ts "refuses bytes of the type "%s" that are not UTF-8"',
    },
  ]),
  ...mutantsOf('shared/data/chats/groups.ts', [
    {
      name: 'a name is pasted into an expression',
      find: "UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`",
      replace: 'UpdateExpression: `SET #name = :name, ${JSON.stringify(change.name)} = :name`',
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
      find: 'detail: details.detail,',
      replace: 'detail: details.detail ?? String(details.cause),',
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
      find: 'name, phone, addedBy, showLastSeen, pushPreview, avatarId }: User) => ({',
      replace: 'name, phone, addedBy, showLastSeen, pushPreview, avatarId, ...rest }: User) => ({ ...rest,',
      killedBy: 'test/functions/users/profile.test.ts "shows id, email and name, and the name can be changed"',
      asvs: ['8.2.3'],
    },
  ]),
  ...mutantsOf('shared/contract/users/update-me.ts', [
    {
      name: 'a request may set any field of the profile',
      find: '    .object({\n      name:',
      replace: '    .looseObject({\n      name:',
      killedBy: answers('takes no field from PATCH /users/me that the contract does not have'),
      asvs: ['15.3.3'],
    },
  ]),
  ...mutantsOf('shared/lambda/client-address.ts', [
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
      find: "&& headers['chat-edge-key'] === edgeKey",
      replace: '',
      killedBy: auth(
        'login.test.ts "is counted for the client address reported by the edge, not for one that a client claims"',
      ),
      asvs: ['4.1.3'],
    },
    {
      name: 'anyone is the edge of a stack that has none',
      find: 'edgeKey !== undefined && ',
      replace: '',
      killedBy: 'test/lambda/client-address.test.ts "a stack without an edge believes no header"',
    },
  ]),
  ...mutantsOf('shared/data/chats/invites.ts', [
    {
      name: 'an invite code is used once too often by those who join at once',
      find: 'OR uses < maxUses',
      replace: 'OR uses <= maxUses',
      killedBy:
        'test/functions/groups/invite-codes.test.ts "admit exactly as many users as they have uses, even when more join at once"',
      asvs: ['2.3.4'],
    },
  ]),
];
