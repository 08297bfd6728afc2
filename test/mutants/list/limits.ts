import type { Endpoint, Limit } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import { type Mutant, mutantsOf } from '../mutant.ts';
import { read } from '../sites.ts';

/** Every limit of the contract two and a half times as high, and faults in counting. */

/** The name by which a mutant says which limit it raises. */
export const limitName = ({ method, path }: Endpoint, { per, within }: Limit): string =>
  `${method} ${path} per ${per} in ${within} s`;

/** Limits that requests reach only in a way of their own. */
const otherTests: Partial<Record<Limit['per'], string>> = {
  'added user':
    'test/functions/groups/additions.test.ts "is limited for strangers, however many they are, even at once"',
  'large page': 'test/functions/growth.test.ts "large pages are read 60 times a minute"',
};

const testOf = ({ method, path }: Endpoint, { per, allow, within }: Limit): string =>
  otherTests[per] ??
  `test/functions/limits.test.ts "${method} ${path} allows ${allow} per ${per} in ${within} s and refuses the next with 429 and Retry-After"`;

const codes = 'test/functions/auth/send-code.test.ts';

/** Rows of docs/security.md about limits in general are shown by each of them. */
const asvs = ['2.1.3', '6.1.3'];

/** Where a limit is written: in the file of its endpoint, or among those that endpoints share. */
function sourceOf({ name }: Endpoint, { per, counter, allow }: Limit): { file: string; find: string } {
  const expected = `per: '${per}',${counter ? ` counter: '${counter}',` : ''} allow: ${allow},`;
  const shared = ['users/limits', 'chats/limits', 'groups/limits', 'large-pages'];
  for (const path of [name, ...shared]) {
    const file = `shared/contract/${path}.ts`;
    const written = read(file).match(/per: '[\w+ ]+',( counter: '\w+',)? allow: [\d_]+,/g) ?? [];
    const find = written.find((text) => text.replaceAll('_', '') === expected);
    if (find) return { file, find };
  }
  throw new Error(`Write the limit of ${name} as "${expected}" in its file or in a limits.ts.`);
}

function raised(endpoint: Endpoint, limit: Limit): Mutant {
  const name = limitName(endpoint, limit);
  const mutant = { name: `${name} is 2.5 times as high`, killedBy: testOf(endpoint, limit), limit: name, asvs };
  if (typeof limit.allow === 'string') {
    const find = 'settings.limit[allow]()';
    return { ...mutant, file: 'shared/lambda/limits.ts', find, replace: `2.5 * ${find}` };
  }
  const { file, find } = sourceOf(endpoint, limit);
  return { ...mutant, file, find, replace: find.replace(/allow: .*/, `allow: ${Math.ceil(2.5 * limit.allow)},`) };
}

export const limits: Mutant[] = [
  ...endpoints.flatMap((endpoint) => (endpoint.limits ?? []).map((limit) => raised(endpoint, limit))),
  ...mutantsOf('shared/lambda/limits.ts', [
    {
      name: 'wrong guesses are not counted',
      find: 'if (!isWrongGuess(problem)) await',
      replace: 'await',
      killedBy:
        'test/functions/auth/login.test.ts "is refused to an address after ten wrong attempts at once, even with the right password, whether or not the account exists"',
      asvs: ['6.1.1'],
    },
    {
      name: 'right guesses are counted',
      find: '      await this.uncountGuesses();\n      return result;',
      replace: '      return result;',
      killedBy: 'test/functions/auth/login.test.ts "does not count logins with the right password"',
    },
    {
      name: 'a code that could not be sent uses up the cap',
      find: 'if (problem.details.nothingDone) await uncountAll(this.deeds);',
      replace: '',
      killedBy: `${codes} "leaves it to others when AWS refuses to send, but counts for its own phone"`,
    },
  ]),
  ...mutantsOf('shared/accounts/text-messages.ts', [
    {
      name: 'a text message that may have been sent is not counted',
      find: 'nothingDone: status < 500',
      replace: 'nothingDone: true',
      killedBy: `${codes} "uses it up when AWS may have sent the message, which it does not send again: %s"`,
    },
    {
      name: 'a text message without an answer is sent again',
      find: 'timeoutMs: 3000, once: true',
      replace: 'timeoutMs: 3000',
      killedBy: `${codes} "uses it up when AWS may have sent the message, which it does not send again: %s"`,
    },
  ]),
];
