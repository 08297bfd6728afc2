import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Edge } from '../../infra/local/edge.ts';

const code = readFileSync(join(import.meta.dirname, '../../infra/edge/viewer-request.js'), 'utf8');
const edge = new Edge([{ pattern: '/ws/*', code }]);
const rewrite = (url: string) => edge.rewrite('GET', url);

test.each([
  ['the app’s URL', '/ws/chat/c1?token=t', '/live?token=t&chatId=c1'],
  ['an encoded id, left as it is', '/ws/chat/a%2Fb?token=t', '/live?token=t&chatId=a%2Fb'],
  ['a URL without a token', '/ws/chat/c1', '/live?chatId=c1'],
  ['a slash at the end', '/ws/chat/c1/?token=t', '/live?token=t&chatId=c1'],
  ['a chatId of the client’s own', '/ws/chat/c1?chatId=other&token=t', '/live?chatId=c1&token=t'],
  ['several of them', '/ws/chat/c1?chatId=x&chatId=y&token=t', '/live?chatId=c1&token=t'],
])('rewrites %s', (_what, url, expected) => {
  expect(rewrite(url)).toBe(expected);
});

test.each(['/ws/', '/ws/chat', '/ws/chat/', '/ws/chat/a/b', '/ws/other/a'])(
  'answers that there is nothing at %s',
  (url) => {
    expect(rewrite(url)).toBeUndefined();
  },
);

test('leaves every other path alone', () => {
  expect(rewrite('/live?chatId=c1&token=t')).toBe('/live?chatId=c1&token=t');
});
