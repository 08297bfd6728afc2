import type { Draw } from './draw.ts';

/** HTTP requests that no well-behaved client sends, as bytes. */

/** Names that every object has, what a terminal obeys, and what parsers stumble over. */
const oddWords = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '%1b%5B2J%1b%5BH',
  '\x1b[2J\x1b[H',
  '\x9b2J',
  '%c2%9b2J',
  '%0d%0aforged%20line',
  '%e2%80%ae',
  '%00',
  '%zz',
  '%',
  '..',
  '.',
  ';',
  '*',
  '@',
  '[',
  '\u202e',
  '😀',
  '"',
  '<script>',
  '',
];

const paths = [
  '/',
  '//',
  '*',
  '/health',
  '/chats',
  '/chats/x/messages',
  '/users/me',
  '/auth/login',
  '/auth/refresh',
  '/groups/join',
  '/ws/chat/x',
  '/ws/inbox',
  '/live',
  '/live/@connections/x=',
  '/live/%40connections/%zz',
  '/docs',
  '/docs/start.js',
  '/openapi.json',
  '/v2/spaces',
  '/_local/aws',
  '/_local/aws/2015-03-31/functions/x/invocations',
  '/_local/sms',
  '/_local/google/token',
  '/_local/openai/v1/chat/completions',
  '/_local/playground/style.css',
  'http://localhost/health',
  'http://[/health',
  'https://x:99999/',
  'health',
  '\\\\x\\y',
];

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'CONNECT',
  'TRACE',
  'PROPFIND',
  'get',
  'X',
];

const bodies = [
  '',
  '{}',
  'null',
  '[]',
  '"',
  '{"__proto__":{"a":1},"constructor":null,"toString":1}',
  '{"email":"a@example.com","password":"\u001b[2J"}',
  '{"refreshToken":"\\u001b[2J"}',
  `${'['.repeat(5000)}`,
  '\ufeff{}',
];

export function pathOf(draw: Draw): string {
  const path = draw.of(paths) + draw.some(2, () => `/${draw.of(oddWords)}`).join('');
  const query = draw.some(3, () => `${draw.of([...oddWords, 'token', 'phone'])}=${draw.of(oddWords)}`).join('&');
  const long = draw.chance(0.02) ? 'x'.repeat(draw.of([4000, 9000, 20_000])) : '';
  return `${path}${long}${query && '?'}${query}`;
}

function headersOf(draw: Draw, body: Buffer): string[] {
  const lengths = [String(body.length), String(body.length), '0', '-1', '1e3', '99999999999999999999', '7000000', 'x'];
  const any = () =>
    draw.of([
      `content-length: ${draw.of(lengths)}`,
      `transfer-encoding: ${draw.of(['chunked', 'chunked, chunked', 'gzip', 'x'])}`,
      `expect: ${draw.of(['100-continue', 'x'])}`,
      `connection: ${draw.of(['close', 'keep-alive', 'upgrade', draw.of(oddWords)])}`,
      `upgrade: ${draw.of(['h2c', 'websocket', draw.of(oddWords)])}`,
      `authorization: ${draw.of(['Bearer', 'Bearer x.y.z', 'AWS4-HMAC-SHA256 Credential=LOCALx/y, SignedHeaders=__proto__, Signature=0'])}`,
      `x-amz-target: ${draw.of(['toString', '__proto__', 'secretsmanager.GetSecretValue'])}`,
      `content-type: ${draw.of(['application/json', draw.of(oddWords)])}`,
      `origin: ${draw.of(['http://pages.example', 'null', draw.of(oddWords)])}`,
      `cookie: ${draw.of(oddWords)}`,
      `${draw.of(oddWords)}: ${draw.of(oddWords)}`,
      `${draw.of(oddWords)}`,
      `x: ${'y'.repeat(draw.of([10, 10, 20_000]))}`,
    ]);
  const host = draw.chance(0.9) ? [`host: ${draw.of(['localhost', 'pages.example', '', draw.of(oddWords)])}`] : [];
  return [...host, ...draw.some(5, any)];
}

export function httpRequest(draw: Draw): Buffer {
  const body = Buffer.from(draw.of(bodies));
  const version = draw.chance(0.9) ? 'HTTP/1.1' : draw.of(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9', 'X', '']);
  const line = `${draw.of(methods)} ${pathOf(draw)} ${version}`;
  const end = draw.chance(0.95) ? '\r\n' : draw.of(['\n', '\r', '\0']);
  const head = Buffer.from([line, ...headersOf(draw, body), '', ''].join(end), draw.of(['utf8', 'latin1']));
  return Buffer.concat([head, body]);
}

/** The bytes with a few of them changed, dropped or repeated, or cut off. */
export function mutate(draw: Draw, bytes: Buffer): Buffer {
  let mutated = bytes;
  for (let n = draw.below(4); n >= 0; n--) {
    const at = draw.below(mutated.length + 1);
    const [before, after] = [mutated.subarray(0, at), mutated.subarray(at)];
    const change = draw.of([
      () => [before, draw.bytes(8), after],
      () => [before, after.subarray(draw.below(8))],
      () => [before, after.subarray(0, 16), after],
      () => [before],
      () => [before, Buffer.from(draw.of(oddWords)), after],
    ]);
    mutated = Buffer.concat(change());
  }
  return mutated;
}
