import type { Checks } from '#shared/contract/endpoint.ts';
import { cut } from '#shared/platform/cut.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { Problem } from '#shared/platform/problem.ts';
import { bodyText } from './body-text.ts';
import type { RestEvent } from './log-request.ts';
import { parse, parseJson } from './validation.ts';

/** No request needs a longer list. Checked before the items are, so that a request can't make thousands of errors. */
const maxItems = 100;

/** Code points of the name of a field that is answered: a body can have names of any length. */
const maxPath = 64;

export interface Input {
  params: unknown;
  query: unknown;
  body: unknown;
}

/** Parses path, query string and body by the contract. Throws `invalid_input`, and what `bodyText` and `parseJson` throw. */
export function parseRequest({ params, query, body }: Checks, event: RestEvent): Input {
  const input = {
    params: params && parse(params, event.pathParameters ?? {}),
    query: query && parse(query, event.queryStringParameters ?? {}),
    // A missing body, or null, counts as an empty object, which is enough for some endpoints.
    body: body && parse(body, withoutLongLists(parseJson(bodyText(event) || '{}') ?? {})),
  };
  identify({ chatId: chatIdOf(input) });
  return input;
}

function withoutLongLists(body: object): object {
  const errors = Object.entries(body)
    .filter(([, value]) => Array.isArray(value) && value.length > maxItems)
    .map(([path]) => ({
      path: cut(path, maxPath),
      message: `must have at most ${maxItems} items`,
      rule: 'too_many_items' as const,
      limit: maxItems,
    }));
  if (errors.length > 0) throw new Problem('invalid_input', { errors });
  return body;
}

/** The chat that a request is about, from its path, query string or body; a group's id is called groupId. */
function chatIdOf({ params, query, body }: Input): string | undefined {
  const fields: { chatId?: string; groupId?: string } = Object.assign({}, body, query, params);
  return fields.chatId ?? fields.groupId;
}
