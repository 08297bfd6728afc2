import type { IncomingHttpHeaders } from 'node:http';
import type { CorsRule } from '../cloudformation/buckets.ts';
import type { S3Answer, S3Headers } from './call.ts';
import { S3Error } from './s3-error.ts';

/** The headers that S3 adds to an answer for a page of another origin, whatever the answer is. */
export function corsHeaders(rules: CorsRule[], method: string, { origin }: IncomingHttpHeaders): S3Headers {
  const rule = rules.find((each) => allows(each, origin, method));
  return rule ? headersOf(rule, origin) : {};
}

/** The answer to a browser that asks whether it may send a request. */
export function preflight(rules: CorsRule[], headers: IncomingHttpHeaders): S3Answer {
  const {
    origin,
    'access-control-request-method': method = '',
    'access-control-request-headers': asked = '',
  } = headers;
  if (origin === undefined)
    throw new S3Error(400, 'BadRequest', 'Insufficient information. Origin request header needed.');
  const names = asked.split(',').map((name) => name.trim().toLowerCase());
  const rule = rules.find((each) => allows(each, origin, method) && names.every((name) => allowsHeader(each, name)));
  if (!rule)
    throw new S3Error(
      403,
      'AccessForbidden',
      'CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource CORS spec.',
    );
  const allowed = asked && { 'access-control-allow-headers': names.join(', ') };
  return { status: 200, headers: { ...headersOf(rule, origin), ...(allowed || {}) } };
}

function allows({ origins, methods }: CorsRule, origin: string | undefined, method: string): boolean {
  return origin !== undefined && origins.some((pattern) => matches(pattern, origin)) && methods.includes(method);
}

const allowsHeader = ({ headers }: CorsRule, name: string): boolean =>
  name === '' || headers.some((pattern) => matches(pattern.toLowerCase(), name));

/** A pattern of S3 contains one star at most. */
function matches(pattern: string, text: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return pattern === text;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}

function headersOf({ origins, methods, exposed, maxAge }: CorsRule, origin = ''): S3Headers {
  return {
    'access-control-allow-origin': origins.includes('*') ? '*' : origin,
    'access-control-allow-methods': methods.join(', '),
    ...(exposed.length > 0 && { 'access-control-expose-headers': exposed.join(', ') }),
    ...(maxAge !== undefined && { 'access-control-max-age': maxAge }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
