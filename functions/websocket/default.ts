import { Problem } from '../../shared/problem.ts';
import { answer, errorFrame, socketRoute } from '../../shared/socket-route.ts';
import { parseJson } from '../../shared/validation.ts';

/** Whatever API Gateway finds no route for: frames that aren't JSON, and types that nobody knows. */
export const handler = socketRoute(
  async ({ body }) => {
    parseJson(body ?? '');
    throw new Problem('unknown_type');
  },
  (problem, event) => answer(errorFrame(problem, event)),
);
