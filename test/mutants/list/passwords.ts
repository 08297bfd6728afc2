import { type Mutant, mutantsOf } from '../mutant.ts';

/** How passwords are chosen, stored, compared and required. */

const auth = (title: string) => `test/functions/auth/${title}`;
const secrets = (title: string) => `test/accounts/secrets.test.ts "${title}"`;

export const passwords: Mutant[] = [
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
      find: 'Buffer.byteLength(password) <= maxBytes,',
      replace: 'Buffer.byteLength(password) <= 63,',
      killedBy: auth(
        'register.test.ts "accepts a password of 72 bytes, which does not match with one byte more or less"',
      ),
      asvs: ['6.2.1'],
    },
    {
      name: 'a password needs a digit',
      find: "rule('malformed_text', (password) => !password.includes('\\0'),",
      replace:
        "rule('malformed_text', (password) => /\\d/.test(password), 'needs a digit'),\n      rule('malformed_text', (password) => !password.includes('\\0'),",
      killedBy: auth(
        'register.test.ts "accepts a password of 72 bytes, which does not match with one byte more or less"',
      ),
      asvs: ['6.2.5'],
    },
  ]),
];
