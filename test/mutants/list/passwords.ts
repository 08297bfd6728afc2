import { mutantsOf } from '../mutant.ts';

export const passwords = mutantsOf('shared/accounts/passwords.ts', [
  {
    name: 'a password matches by its first 72 bytes',
    find: ' && !bcrypt.truncates(password)',
    replace: '',
    killedBy:
      'test/functions/auth/register.test.ts "accepts a password of 72 bytes, which does not match with one byte more or less"',
    asvs: ['6.2.8'],
  },
]);
