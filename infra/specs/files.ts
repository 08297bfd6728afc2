import project from '../../package.json' with { type: 'json' };
import { asyncapi } from './asyncapi.ts';
import { bruno } from './bruno.ts';
import { dartApi, dartModels } from './dart.ts';
import { dartEnglish, dartRussian } from './dart-texts.ts';
import { openapi } from './openapi.ts';

const pretty = (json: object) => `${JSON.stringify(json, null, 2)}\n`;

/** All files that are generated from the contract and from the texts, by path in the repository. */
export function specFiles(): Record<string, string> {
  const { version } = project;
  const collection = Object.entries(bruno()).map(([name, text]) => [`docs/bruno/${name}`, text] as const);
  return {
    ...Object.fromEntries(collection),
    'docs/flutter/lib/src/rest/chat_api.dart': dartApi(),
    'docs/flutter/lib/src/rest/models.dart': dartModels(),
    'docs/flutter/lib/src/texts/english.dart': dartEnglish(),
    'docs/flutter/lib/src/texts/russian.dart': dartRussian(),
    'docs/openapi.json': pretty(openapi(version)),
    'docs/asyncapi.json': pretty(asyncapi(version)),
  };
}
