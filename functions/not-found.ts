import { endpoints } from '#shared/contract/index.ts';
import { answerProblems } from '#shared/lambda/answer-problems.ts';
import { chain } from '#shared/lambda/chain.ts';
import { logRequest, type RestEvent, type RestResult } from '#shared/lambda/log-request.ts';
import { Problem } from '#shared/platform/problem.ts';

/** The pattern that matches the paths of a route such as `/chats/{chatId}/messages`. */
const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);

/** Handles every request that no route matches, because of its path or only its method. */
export const handler = chain<RestEvent, RestResult>()
  .use(logRequest())
  .use(answerProblems())
  .handler(async ({ requestContext: { http } }) => {
    const matching = endpoints.filter(({ path }) => patternOf(path).test(http.path));
    if (matching.length === 0) throw new Problem('route_not_found');
    // `/groups/join` matches `/groups/{groupId}` too, but is not a group.
    const exact = matching.filter(({ path }) => path === http.path);
    const methods = (exact.length > 0 ? exact : matching).map(({ method }) => method);
    throw new Problem('method_not_allowed', { headers: { allow: [...new Set(methods)].join(', ') } });
  });
