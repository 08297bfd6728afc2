import { en, type Texts } from '../local/playground/texts/en/index.ts';
import { ru } from '../local/playground/texts/ru/index.ts';

/** The words of the web client for what the backend says in codes, as constants in Dart. */

const header = '// Generated from the texts of the web client by `npm run specs`: do not edit.\n// dart format off\n';

const quoted = (text: string): string => {
  const escaped = text.replace(/[\\$]/g, '\\$&');
  return escaped.includes("'") ? `"${escaped}"` : `'${escaped}'`;
};

const map = (name: string, texts: Readonly<Record<string, string>>): string => {
  const entries = Object.entries(texts).map(([key, text]) => `    '${key}': ${quoted(text)},\n`);
  return `  ${name}: {\n${entries.join('')}  },\n`;
};

function constant(name: string, language: string, texts: Texts): string {
  const { rules, systemMessages, roles, writing } = texts;
  const { assistant, administration, deletedUser, somebody, you } = texts.people;
  const { messageDeleted, deletedByOperator, edited } = texts.message;
  const { everyone } = texts.composer;
  // What only the page itself says is left out.
  const { files_lost: _, ...problems } = texts.problems;
  const { placeholders } = texts.files;
  const words = Object.entries({
    assistant,
    administration,
    deletedUser,
    messageDeleted,
    deletedByOperator,
    edited,
    everyone,
    somebody,
    you,
  });
  return `${header}
import 'texts.dart';

/// The words in ${language}.
const ${name} = Texts(
${Object.entries({ problems, rules, events: systemMessages, placeholders, roles, writing })
  .map(([name, texts]) => map(name, texts))
  .join('')}${words.map(([word, text]) => `  ${word}: ${quoted(text)},\n`).join('')});
`;
}

/** docs/flutter/lib/src/texts/english.dart */
export const dartEnglish = (): string => constant('englishTexts', 'English', en);

/** docs/flutter/lib/src/texts/russian.dart */
export const dartRussian = (): string => constant('russianTexts', 'Russian', ru);
