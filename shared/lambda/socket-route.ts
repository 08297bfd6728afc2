import type { ErrorFrame } from '#shared/contract/websocket/error.ts';
import type { PongFrame } from '#shared/contract/websocket/ping.ts';
import { type Problem, shownErrors, toProblem } from '#shared/platform/problem.ts';
import { chain } from './chain.ts';
import { logFrame, type SocketEvent, type SocketResult } from './log-frame.ts';
import { parseJson } from './validation.ts';

/** What a route's handler gets: the connection, the frame's text and the handshake's query string. */
export interface SocketInput {
  connectionId: string;
  /** Empty in a handshake. */
  text: string;
  /** Empty in a frame. */
  query: Record<string, string>;
}

/** Reports a problem to the client: by the handshake's status, by the route's response or by a post to the connection. */
export type RefusalHandler = (problem: Problem, input: SocketInput) => SocketResult | Promise<SocketResult>;

/** The result of a route that returns nothing to the client. */
export const done: SocketResult = { statusCode: 200 };

const inputOf = ({ requestContext, body = '', queryStringParameters = {} }: SocketEvent): SocketInput => ({
  connectionId: requestContext.connectionId,
  text: body,
  query: queryStringParameters,
});

/** The Lambda handler of a WebSocket route. What `handle` throws goes to `refuse`; the connection stays open. */
export function socketRoute(handle: (input: SocketInput) => Promise<SocketResult>, refuse: RefusalHandler) {
  return chain<SocketEvent, SocketResult>()
    .use(logFrame())
    .onError(async (request) => {
      request.response = await refuse(toProblem(request.error), inputOf(request.event));
    })
    .handler((event) => handle(inputOf(event)));
}

/** A refused $connect: the status is the handshake's, and API Gateway drops a body. The log has the code. */
export const refuseHandshake: RefusalHandler = ({ status }) => ({ statusCode: status });

/** For routes with a route response, which is sent to the client. */
export const answer = (frame: PongFrame | ErrorFrame): SocketResult => ({
  statusCode: 200,
  body: JSON.stringify(frame),
});

export const refuseByAnswer: RefusalHandler = (problem, input) => answer(errorFrame(problem, input));

/** The answer to a refused frame; its clientId tells the sender which message it was, its chatId which chat. */
export function errorFrame(problem: Problem, { text }: SocketInput): ErrorFrame {
  const { code, message } = problem;
  const { retryAfter } = problem.details;
  const errors = shownErrors(problem);
  const frame = objectIn(text);
  const [clientId, chatId] = [textOf(frame.clientId, 256), textOf(frame.chatId, 64) || undefined];
  return { type: 'error', code, message, clientId, chatId, errors, retryAfter };
}

/** The frame may be anything at all. */
function objectIn(text: string): { clientId?: unknown; chatId?: unknown } {
  try {
    const frame = parseJson(text);
    return typeof frame === 'object' && frame !== null ? frame : {};
  } catch {
    return {};
  }
}

const textOf = (value: unknown, maxLength: number): string | undefined =>
  typeof value === 'string' && value.length <= maxLength ? value : undefined;
