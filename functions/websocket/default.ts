import { answer, errorFrame, socketRoute } from '#shared/lambda/socket-route.ts';
import { parseJson } from '#shared/lambda/validation.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Whatever API Gateway finds no route for: frames that aren't JSON, and types that nobody knows. */
export const handler = socketRoute(
  async ({ body }) => {
    parseJson(body ?? '');
    throw new Problem('unknown_type');
  },
  (problem, event) => answer(errorFrame(problem, event)),
);
