import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Subjects } from '../contract/endpoint.ts';
import { problems } from '../contract/problems.ts';
import { log } from '../log.ts';
import { type Problem, toProblem } from '../problem.ts';

/** The event from API Gateway (payload 2.0), and what the middlewares have made of it. */
export type RestEvent = APIGatewayProxyEventV2 & {
  userId?: string;
  sessionId?: string;
  count?: (subjects: Subjects) => Promise<void>;
  /** Takes back what was counted as a guess, if it turns out to be none. */
  guesses?: (() => Promise<void>)[];
  input?: { params: unknown; query: unknown; body: unknown };
};
export type RestMiddleware = MiddlewareObj<RestEvent, APIGatewayProxyStructuredResultV2>;

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
      'cache-control': 'no-store',
      ...(details.retryAfter && { 'retry-after': String(details.retryAfter) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...details.headers,
    },
    body: JSON.stringify(body),
  };
}
