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
