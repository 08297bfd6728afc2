import { Unmet } from '../../conformance/client/unmet.ts';
import type { Backend, Exchange } from '../client/backend.ts';
import type { Results } from '../run/results.ts';

const plain = ({ headers }: Exchange, name: string, value: RegExp): boolean => value.test(headers[name] ?? '');

const jsonOf = ({ status }: Exchange): RegExp =>
  status === 200 ? /^application\/json/ : /^application\/problem\+json/;

const wanted: [name: string, text: string, holds: (exchange: Exchange) => boolean][] = [
  ['x-request-id', 'a request id', (exchange) => plain(exchange, 'x-request-id', /./)],
  ['x-content-type-options', 'nosniff', (exchange) => plain(exchange, 'x-content-type-options', /^nosniff$/)],
  [
    'strict-transport-security',
    'a max-age',
    (exchange) => plain(exchange, 'strict-transport-security', /max-age=\d{6,}/),
  ],
  [
    'content-type',
    'JSON, or application/problem+json for a refusal',
    (exchange) => plain(exchange, 'content-type', jsonOf(exchange)),
  ],
];

/** Looks at all answers to requests so far. Preflights have headers of their own. */
export async function checkHeaders({ exchanges }: Backend, results: Results): Promise<void> {
  const all = exchanges.filter(({ method }) => method !== 'OPTIONS');
  for (const [name, text, holds] of wanted) {
    await results.check('headers', `${name} in every answer`, async () => {
      const lacking = all.filter((exchange) => !holds(exchange));
      const shown = lacking.slice(0, 3).map(({ method, path, status, headers }) => {
        const came = headers[name] ? `"${headers[name]}"` : 'none';
        return `${came} in ${method} ${path} (${status})`;
      });
      const more = lacking.length > shown.length ? ` and ${lacking.length - shown.length} more` : '';
      if (lacking.length > 0) throw new Unmet(name, text, shown.join(', ') + more);
      return `${all.length} answers`;
    });
  }
  await results.check('headers', 'each answer has its own request id', async () => {
    const ids = all.map(({ headers }) => headers['x-request-id']);
    const repeated = ids.filter((id, index) => id !== undefined && ids.indexOf(id) !== index);
    if (repeated.length > 0)
      throw new Unmet('x-request-id', 'a new one in each answer', repeated.slice(0, 3).join(', '));
    return undefined;
  });
}
