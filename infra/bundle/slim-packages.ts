import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { dictionary } from '@zxcvbn-ts/language-common';
import type { Plugin } from 'esbuild';

/**
 * Keeps the 3,000 most common passwords that no other rule rejects, which is what OWASP ASVS 6.2.4 asks for. Sorted and
 * compressed they take 11 KB instead of 82; they are unpacked when somebody chooses a password.
 */
export const packedPasswords: Plugin = {
  name: 'packed-passwords',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@zxcvbn-ts[\\/]language-common[\\/]dist[\\/]index\.mjs$/ }, () => {
      const all = dictionary['passwords-common'] as readonly string[];
      const longEnough = all.filter((password) => Buffer.byteLength(password) >= 8).slice(0, 3000);
      const packed = brotliCompressSync(longEnough.sort().join('\n')).toString('base64');
      const contents = `import { brotliDecompressSync } from 'node:zlib';
        export const dictionary = {
          get 'passwords-common'() {
            return brotliDecompressSync(Buffer.from('${packed}', 'base64')).toString().split('\\n');
          },
        };`;
      return { contents, loader: 'js' };
    });
  },
};

/** libphonenumber keeps its data about countries in an 80 KB object literal. Node parses the same text faster as JSON. */
export const phonesAsJson: Plugin = {
  name: 'phones-as-json',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]libphonenumber-js[\\/]metadata\.min\.json\.js$/ }, ({ path }) => {
      const json = readFileSync(path.replace(/\.js$/, ''), 'utf8');
      return { contents: `export default JSON.parse(${JSON.stringify(json)})`, loader: 'js' };
    });
  },
};

/** OpenAI's client creates an object for each of its thirty APIs. Empty classes for all but chat save 220 KB. */
export const onlyChatOfOpenai: Plugin = {
  name: 'only-chat-of-openai',
  setup({ onLoad }) {
    const api =
      /[\\/]openai[\\/]resources[\\/].*\.mjs$|[\\/]openai[\\/]lib[\\/]ChatCompletion(Streaming)?(Runner|Stream)\.mjs$/;
    onLoad({ filter: api }, async ({ path }) => {
      if (/[\\/]resources[\\/](chat[\\/]|index\.)/.test(path)) return undefined;
      const names = Object.keys(await import(pathToFileURL(path).href));
      return { contents: names.map((name) => `export class ${name} {}`).join('\n'), loader: 'js' };
    });
  },
};
