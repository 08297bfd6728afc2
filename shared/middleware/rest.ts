import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Subjects } from '../contract/endpoint.ts';
import { problems } from '../contract/problems.ts';
import { beginEvent, endEvent } from '../event-log.ts';
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

/**
 * One line a request, whatever becomes of it; the client is told the id to find it by. No body, no header, no query string
 * and no path is in it: people write anything into a path.
 */
export function logRequest(): RestMiddleware {
  const end = (event: RestEvent, response: APIGatewayProxyStructuredResultV2, problem?: Problem) => {
    const { requestId } = event.requestContext;
    response.headers = { ...response.headers, 'x-request-id': requestId };
    const fields = { status: response.statusCode, code: problem?.code, userId: event.userId, chatId: chatIdOf(event) };
    endEvent('request', fields, problem && problem.status >= 500 ? (problem.cause ?? problem) : undefined);
  };
  return {
    before: ({ event }) => {
      const { requestId } = event.requestContext;
      beginEvent({ route: event.routeKey, requestId, correlationId: requestId });
    },
    after: ({ event, response }) => end(event, response ?? {}),
    onError: ({ event, response, error }) => end(event, response ?? {}, toProblem(error)),
  };
}

/** Of a group it is called groupId; it is in the path, the query string or the body. */
function chatIdOf({ input }: RestEvent): string | undefined {
  const fields: { chatId?: string; groupId?: string } = Object.assign({}, input?.body, input?.query, input?.params);
  return fields.chatId ?? fields.groupId;
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
