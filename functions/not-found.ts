import { endpoints } from '../shared/contract/index.ts';
import { endpoint } from '../shared/endpoint.ts';
import { Problem } from '../shared/problem.ts';

/** `/chats/{chatId}/messages` as a pattern for the paths that it stands for. */
const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);

/** Everything that no route takes: a path that is wrong, or only the method. */
export const handler = endpoint({ access: 'public' }, async (_request, { requestContext }) => {
  const methods = endpoints
    .filter(({ path }) => patternOf(path).test(requestContext.http.path))
    .map(({ method }) => method);
  if (methods.length === 0) throw new Problem('route_not_found');
  throw new Problem('method_not_allowed', { headers: { allow: methods.join(', ') } });
});
