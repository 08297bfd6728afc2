import { type Mutant, mutantsOf } from '../mutant.ts';

/** What the template allows. */

export const template: Mutant[] = [
  ...mutantsOf('infra/constructs/edge.ts', [
    {
      name: 'the edge takes plain HTTP',
      find: 'ViewerProtocolPolicy.HTTPS_ONLY',
      replace: 'ViewerProtocolPolicy.ALLOW_ALL',
      killedBy: 'test/infra/template.test.ts "accepts only TLS"',
      asvs: ['4.4.1'],
    },
  ]),
  ...mutantsOf('infra/edge/files.js', [
    {
      name: 'every URL of a file is right',
      find: "return isSame(signature, hmac.digest('base64url'));",
      replace: 'return true;',
      killedBy: 'test/infra/files-function.test.ts "refuses a URL of another chat"',
      asvs: ['8.2.2'],
    },
    {
      name: 'a URL of a file never expires',
      find: 'if (!key || !accepted.includes(day)) return false;',
      replace: 'if (!key) return false;',
      killedBy: 'test/infra/files-function.test.ts "refuses a URL of last week"',
    },
    {
      name: 'uploads can be read',
      find: '(?:chats|users)',
      replace: '(?:chats|users|uploads)',
      killedBy: 'test/infra/files-function.test.ts "never serves an upload, even with a signature for it"',
    },
    {
      name: 'the edge reads what an object inherits',
      find: 'return Object.prototype.hasOwnProperty.call(object, name) ? object[name] : undefined;',
      replace: 'return object[name];',
      killedBy:
        'test/infra/files-function.test.ts "reads own parameters only, should CloudFront take a name for the prototype"',
    },
  ]),
  ...mutantsOf('infra/constructs/files-at-edge.ts', [
    {
      name: 'a browser guesses the type of a file',
      find: 'contentTypeOptions: { override: true },',
      replace: '',
      killedBy: 'test/infra/files.test.ts "makes browsers run nothing of a file, and lets web pages read it"',
      asvs: ['3.2.1', '3.4.4'],
    },
    {
      name: 'everybody has a copy of their own at the edge',
      find: 'CacheQueryStringBehavior.none()',
      replace: 'CacheQueryStringBehavior.all()',
      killedBy: 'test/infra/files.test.ts "keeps one copy for everybody, for a day at most"',
    },
  ]),
  ...mutantsOf('infra/constructs/files.ts', [
    {
      name: 'the bucket takes a second upload to the same key',
      find: "conditions: { Null: { 's3:if-none-match': 'true' } },",
      replace: "conditions: { Null: { 's3:if-match': 'true' } },",
      killedBy: 'test/infra/files.test.ts "lets an upload be written once"',
    },
    {
      name: 'functions sign URLs with a key that the edge does not have yet',
      find: '      after: edge.distribution,\n',
      replace: '',
      killedBy:
        'test/infra/files.test.ts "shows files waits for the edge in a deployment, also where the host is not the distribution’s own"',
    },
  ]),
  ...mutantsOf('infra/constructs/keys.ts', [
    {
      name: 'a new key breaks the URLs of files that clients have',
      find: '[keyVersion, keyVersion - 1].filter(Boolean)',
      replace: '[keyVersion]',
      killedBy:
        'test/infra/keys.test.ts "a higher keyVersion changes the keys of digests and of the edge, wherever they are used"',
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
      find: "'auth/list-sessions': forSession('Query'),",
      replace: "'auth/list-sessions': forSession('Query', 'DeleteItem'),",
      killedBy: 'test/e2e/contract.test.ts "every grant of every role was needed"',
      asvs: ['13.2.2'],
      wholeFile: true,
    },
    {
      name: 'a function that needs no code key has it',
      find: "'auth/list-sessions': forSession('Query'),",
      replace: "'auth/list-sessions': [...forSession('Query'), keys.makeDigests()],",
      killedBy: 'test/infra/template.test.ts "gives each key only to the functions that need it: CODE_KEY"',
      asvs: ['13.3.1'],
    },
    {
      name: 'a function that signs no tokens reads their key',
      find: "'auth/list-sessions': forSession('Query'),",
      replace: "'auth/list-sessions': [...forSession('Query'), sign],",
      killedBy:
        'test/infra/keys.test.ts "only login, register, refresh and rotation may read the key that signs the tokens"',
      asvs: ['13.3.2'],
    },
  ]),
];
