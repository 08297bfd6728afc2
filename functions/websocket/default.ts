import { refuseByAnswer, socketRoute } from '#shared/lambda/socket-route.ts';
import { parseJson } from '#shared/lambda/validation.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Gets every frame that API Gateway finds no route for: text that isn't JSON, and unknown types. */
export const handler = socketRoute(async ({ text }) => {
  parseJson(text);
  // API Gateway finds no type in such a frame.
  if (text.startsWith('\ufeff'))
    throw new Problem('malformed_json', { detail: 'The frame begins with a byte order mark. Send it without.' });
  throw new Problem('unknown_type');
}, refuseByAnswer);
