import { type Mutant, mutantsOf } from '../mutant.ts';

/** What the log has, and what it must not have. */

export const log: Mutant[] = [
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
      find: 'beginInvocation({ route: routeKey,',
      replace: "beginInvocation({ route: routeKey + ' ' + event.rawQueryString,",
      killedBy: 'test/e2e/contract.test.ts "no log line contains a token, a password, a code or a query string"',
      asvs: ['16.2.5'],
      wholeFile: true,
    },
  ]),
];
