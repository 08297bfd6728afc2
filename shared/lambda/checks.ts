import type { Checks } from '#shared/contract/endpoint.ts';
import { sessionStands } from '#shared/data/sessions.ts';
import { Problem } from '#shared/platform/problem.ts';
import { verifyToken } from '#shared/tokens/verify.ts';
import type { RestEvent, RestMiddleware } from './rest.ts';
import { parse, parseJson } from './validation.ts';

/** Finds out whose request it is, unless the endpoint is public. */
export function authenticate({ access }: Checks): RestMiddleware {
  return {
    before: async ({ event }) => {
      if (access === 'public') return;
      const token = /^Bearer +(\S+)$/i.exec(event.headers.authorization ?? '')?.[1];
      if (!token) throw new Problem('token_missing');
      const { userId, sessionId } = await verifyToken('access', token);
      if (access === 'session' && !(await sessionStands(userId, sessionId))) throw new Problem('session_ended');
      Object.assign(event, { userId, sessionId });
    },
  };
}

/** The largest request has 4,000 characters of content, escaped at worst to 48,000 bytes. */
const maxBytes = 64 * 1024;

/** Parses and validates path, query string and body by the contract. */
export function validate({ params, query, body }: Checks): RestMiddleware {
  return {
    before: ({ event }) => {
      event.input = {
        params: params && parse(params, event.pathParameters ?? {}),
        query: query && parse(query, event.queryStringParameters ?? {}),
        // A missing body counts as an empty object, which is enough for some endpoints.
        body: body && parse(body, parseJson(bodyOf(event) || '{}')),
      };
    },
  };
}

function bodyOf({ body = '', isBase64Encoded }: RestEvent): string {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) throw new Problem('payload_too_large');
  return bytes.toString();
}
