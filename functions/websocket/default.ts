import { refuseByAnswer, socketRoute } from '#shared/lambda/socket-route.ts';
import { parseJson } from '#shared/lambda/validation.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Gets every frame that API Gateway finds no route for: text that isn't JSON, and unknown types. */
export const handler = socketRoute(async ({ text }) => {
  parseJson(text);
  throw new Problem('unknown_type');
}, refuseByAnswer);
