import { problems } from '#shared/contract/problems.ts';
import { type Problem, shownErrors, toProblem } from '#shared/platform/problem.ts';
import type { RestMiddleware, RestResult } from './log-request.ts';

/** Turns anything that was thrown into an RFC 9457 problem: the only place where errors become REST responses. */
export function answerProblems(): RestMiddleware {
  return {
    onError: (request) => {
      request.response = problemResponse(toProblem(request.error), request.event.requestContext.requestId);
    },
  };
}

function problemResponse(problem: Problem, requestId: string): RestResult {
  const { code, status, details } = problem;
  const { title } = problems[code];
  const body = {
    type: 'about:blank',
    title,
    status,
    code,
    detail: details.detail,
    requestId,
    errors: shownErrors(problem),
  };
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
