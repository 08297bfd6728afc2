import project from '../../package.json' with { type: 'json' };
import { asyncapi } from './asyncapi.ts';
import { bruno } from './bruno.ts';
import { httpFile } from './http-file.ts';
import { openapi } from './openapi.ts';

const pretty = (json: object) => `${JSON.stringify(json, null, 2)}\n`;

/** All files that are generated from the contract, by path in the repository. */
export function specFiles(): Record<string, string> {
  const { version } = project;
  const collection = Object.entries(bruno()).map(([name, text]) => [`docs/bruno/${name}`, text] as const);
  return {
    ...Object.fromEntries(collection),
    'docs/chat.http': httpFile(),
    'docs/openapi.json': pretty(openapi(version)),
    'docs/asyncapi.json': pretty(asyncapi(version)),
  };
}
