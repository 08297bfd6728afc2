import { methodsOf } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import { answerProblems } from '#shared/lambda/answer-problems.ts';
import { chain } from '#shared/lambda/chain.ts';
import { logRequest, type RestEvent, type RestResult } from '#shared/lambda/log-request.ts';
import { Problem } from '#shared/platform/problem.ts';

/** The pattern that matches the paths of a route such as `/chats/{chatId}/messages`. */
const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);

/** The methods of the endpoints at this path, as "GET, POST"; empty if there are none. */
function methodsAt(path: string): string {
  const matching = endpoints.filter((endpoint) => patternOf(endpoint.path).test(path));
  // `/groups/join` matches `/groups/{groupId}` too, but is not a group.
  const exact = matching.filter((endpoint) => endpoint.path === path);
  const methods = (exact.length > 0 ? exact : matching).flatMap(methodsOf);
  return [...new Set(methods)].join(', ');
}

/** What to tell a client whose base URL ends with a slash, or that adds one to the path. */
function slashesIn(path: string): { detail?: string } {
  const plain = path.replace(/\/+/g, '/').replace(/\/$/, '');
  return plain !== path && methodsAt(plain)
    ? { detail: 'This path has a slash too many: no endpoint has two in a row, or one at its end.' }
    : {};
}

/** Handles every request that no route matches, because of its path or only its method. */
export const handler = chain<RestEvent, RestResult>()
  .use(logRequest())
  .use(answerProblems())
  .handler(async ({ requestContext: { http } }) => {
    const allow = methodsAt(http.path);
    // A browser's preflight comes here too: API Gateway only adds the CORS headers, and the browser wants a 2xx with them.
    if (http.method === 'OPTIONS') return { statusCode: 204, ...(allow && { headers: { allow } }) };
    if (!allow) throw new Problem('route_not_found', slashesIn(http.path));
    throw new Problem('method_not_allowed', { headers: { allow } });
  });
