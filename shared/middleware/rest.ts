import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Checks } from '../contract/endpoint.ts';
import { problems } from '../contract/problems.ts';
import { log } from '../log.ts';
import { Problem, toProblem } from '../problem.ts';
import { verifyToken } from '../tokens/verify.ts';
import { parse, parseJson } from '../validation.ts';

/** The event from API Gateway (payload 2.0), and what the middlewares have made of it. */
export type RestEvent = APIGatewayProxyEventV2 & {
  userId?: string;
  input?: { params: unknown; query: unknown; body: unknown };
};
type RestMiddleware = MiddlewareObj<RestEvent, APIGatewayProxyStructuredResultV2>;

/** One line a request, whatever becomes of it. No body, no header and no query string is in it. */
export function logRequest(): RestMiddleware {
  let startedAt = 0;
  const write = (event: RestEvent, status: number | undefined, error?: Problem) => {
    const { requestId, http } = event.requestContext;
    const fields = {
      requestId,
      route: event.routeKey,
      path: http.path,
      status,
      durationMs: Date.now() - startedAt,
      userId: event.userId,
      code: error?.code,
    };
    if (error && error.status >= 500) log.error('request', { ...fields, error: error.cause });
    else log.info('request', fields);
  };
  return {
    before: () => {
      startedAt = Date.now();
    },
    after: ({ event, response }) => write(event, response?.statusCode),
    onError: ({ event, response, error }) => write(event, response?.statusCode, toProblem(error)),
  };
}

/** Turns whatever was thrown into an RFC 9457 problem: the one place where errors become responses. */
export function answerProblems(): RestMiddleware {
  return {
    onError: (request) => {
      request.response = problemResponse(toProblem(request.error), request.event.requestContext.requestId);
    },
  };
}

function problemResponse(problem: Problem, requestId: string): APIGatewayProxyStructuredResultV2 {
  const { code, status, details } = problem;
  const { title } = problems[code];
  const body = { type: 'about:blank', title, status, code, detail: details.detail, requestId, errors: details.errors };
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      ...(details.retryAfter && { 'retry-after': String(details.retryAfter) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...details.headers,
    },
    body: JSON.stringify(body),
  };
}

/** For endpoints with access 'user': whose request it is. */
export function authenticate({ access }: Checks): RestMiddleware {
  return {
    before: async ({ event }) => {
      if (access === 'public') return;
      const token = /^Bearer +(\S+)$/i.exec(event.headers.authorization ?? '')?.[1];
      if (!token) throw new Problem('token_missing');
      event.userId = (await verifyToken('access', token)).userId;
    },
  };
}

/** The largest request has 4,000 characters of content, escaped at worst to 48,000 bytes. */
const mostBytes = 64 * 1024;

/** Parses and validates path, query string and body after the contract. */
export function validate({ params, query, body }: Checks): RestMiddleware {
  return {
    before: ({ event }) => {
      event.input = {
        params: params && parse(params, event.pathParameters ?? {}),
        query: query && parse(query, event.queryStringParameters ?? {}),
        body: body && parse(body, parseJson(bodyOf(event))),
      };
    },
  };
}

function bodyOf({ body = '', isBase64Encoded }: RestEvent): string {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > mostBytes) throw new Problem('payload_too_large');
  return bytes.toString();
}
