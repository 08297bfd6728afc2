import { type Mutant, mutantsOf } from '../mutant.ts';

/** What users read: texts, names, previews. */

export const words: Mutant[] = [
  ...mutantsOf('shared/texts/system-text.ts', [
    {
      name: 'a name in Hebrew turns the words around it',
      find: 'members: members.map(isolated)',
      replace: 'members: members',
      killedBy: 'test/texts/texts.test.ts "isolates each name, so that none turns the words around it"',
    },
  ]),
  ...mutantsOf('shared/texts/in-language.ts', [
    {
      name: 'a Russian phone gets an English code',
      find: 'russianCountries.has(country) ? ru : texts()',
      replace: 'russianCountries.has(country) ? texts() : texts()',
      killedBy: 'test/functions/auth/send-code.test.ts "sends it in the language of the phone’s country"',
    },
  ]),
  ...mutantsOf('shared/platform/cut.ts', [
    {
      name: 'a preview ends with half a flag',
      find: 'start === 0 ? end : start',
      replace: 'start === 0 ? start : end',
      killedBy: 'test/functions/chats/list-chats.test.ts "cuts a message between the characters that a reader sees"',
    },
  ]),
  ...mutantsOf('shared/chats/messages/preview.ts', [
    {
      name: 'a name that is cut isolates what a client shows behind it',
      find: 'beginning !== content && openIsolate.test(beginning)',
      replace: 'beginning === content && openIsolate.test(beginning)',
      killedBy: 'test/functions/chats/list-chats.test.ts "ends the isolation of a name that it cuts"',
    },
  ]),
  ...mutantsOf('shared/people/display-names.ts', [
    {
      name: 'the cache forgets that an account is gone',
      find: 'cached.set(id, shown);\n  }',
      replace: 'cached.set(id, shown ?? { name: texts().deletedUser });\n  }',
      killedBy: 'test/people/display-names.test.ts "an account that is gone is known as such from the cache too"',
    },
  ]),
];
