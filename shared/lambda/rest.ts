import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Subjects } from '#shared/contract/endpoint.ts';
import { problems } from '#shared/contract/problems.ts';
import { beginInvocation, endInvocation } from '#shared/platform/invocation-log.ts';
import { type Problem, toProblem } from '#shared/platform/problem.ts';

/** The event from API Gateway (payload 2.0), and what the middlewares add to it. */
export type RestEvent = APIGatewayProxyEventV2 & {
  userId?: string;
  sessionId?: string;
  count?: (subjects: Subjects) => Promise<void>;
  /** What to call if the request turns out not to be a wrong guess: each undoes one count. */
  guesses?: (() => Promise<void>)[];
  input?: { params: unknown; query: unknown; body: unknown };
};
export type RestMiddleware = MiddlewareObj<RestEvent, APIGatewayProxyStructuredResultV2>;

/**
 * Logs one line per request, whether it succeeds or not, and tells the client the id to find it by. The line has no
 * body, header, query string or path, because clients may write anything into a path.
 */
export function logRequest(): RestMiddleware {
  const end = (event: RestEvent, response: APIGatewayProxyStructuredResultV2, problem?: Problem) => {
    const { requestId } = event.requestContext;
    response.headers = { ...response.headers, 'x-request-id': requestId };
    const fields = { status: response.statusCode, code: problem?.code, userId: event.userId, chatId: chatIdOf(event) };
    endInvocation('request', fields, problem && problem.status >= 500 ? (problem.cause ?? problem) : undefined);
  };
  return {
    before: ({ event }) => {
      const { requestId } = event.requestContext;
      beginInvocation({ route: event.routeKey, requestId, correlationId: requestId });
    },
    after: ({ event, response }) => end(event, response ?? {}),
    onError: ({ event, response, error }) => end(event, response ?? {}, toProblem(error)),
  };
}

/** The chat that a request is about, from its path, query string or body; a group's id is called groupId. */
function chatIdOf({ input }: RestEvent): string | undefined {
  const fields: { chatId?: string; groupId?: string } = Object.assign({}, input?.body, input?.query, input?.params);
  return fields.chatId ?? fields.groupId;
}

/** Turns whatever was thrown into an RFC 9457 problem: the only place where errors become responses. */
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
