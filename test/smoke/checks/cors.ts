import { Unmet } from '../../conformance/client/unmet.ts';
import type { Backend } from '../client/backend.ts';
import type { Results } from '../run/results.ts';

const origin = 'https://smoke-test.example';
type Headers = Record<string, string>;

const listOf = (headers: Headers, name: string): string[] =>
  (headers[`access-control-${name}`] ?? '').split(',').map((word) => word.trim().toLowerCase());

/** Throws unless the header lists the word; a star stands for all but "authorization" (Fetch standard). */
function requireIn(headers: Headers, name: string, words: string[]): void {
  const listed = listOf(headers, name);
  const missing = words.filter((word) => !listed.includes(word) && !(word !== 'authorization' && listed.includes('*')));
  if (missing.length > 0)
    throw new Unmet(
      `access-control-${name}`,
      missing.join(', '),
      headers[`access-control-${name}`] ?? 'no such header',
    );
}

/** The header that lets a page of another origin read an answer, or upload a file. */
export function requireOrigin(headers: Headers): void {
  const allowed = headers['access-control-allow-origin'];
  if (allowed !== '*' && allowed !== origin)
    throw new Unmet('access-control-allow-origin', `* or ${origin}`, allowed ?? 'no such header');
}

/** A preflight of a page of another origin. */
export const preflightOf = (method: string, headers: string[]): Headers => ({
  origin,
  'access-control-request-method': method,
  'access-control-request-headers': headers.join(),
});

export async function checkCors(backend: Backend, results: Results): Promise<void> {
  await results.check('CORS', 'a preflight from another origin allows the request', async () => {
    const asked = ['authorization', 'content-type', 'traceparent'];
    const headers = preflightOf('PATCH', asked);
    const answer = await backend.send({ method: 'OPTIONS', path: '/users/me', headers });
    if (answer.status !== 200 && answer.status !== 204) throw new Unmet('the preflight', '204', String(answer.status));
    requireOrigin(answer.headers);
    requireIn(answer.headers, 'allow-methods', ['patch']);
    requireIn(answer.headers, 'allow-headers', asked);
    return undefined;
  });
  for (const [name, path, status] of [
    ['a page of another origin may read an answer', '/health', 200],
    ['a page of another origin may read a refusal', '/users/me', 401],
  ] as const) {
    await results.check('CORS', name, async () => {
      const answer = await backend.send({ method: 'GET', path, headers: { origin } });
      if (answer.status !== status) throw new Unmet(`GET ${path}`, String(status), String(answer.status));
      requireOrigin(answer.headers);
      requireIn(answer.headers, 'expose-headers', ['retry-after', 'x-request-id']);
      return undefined;
    });
  }
}
