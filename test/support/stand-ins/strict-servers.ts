import type { Json } from '../api-client.ts';

/** A server that refuses requests with a parameter, in its own words, and takes all others. */
export interface Strict {
  status: number;
  error: string;
  refuses: (request: Json) => boolean;
  /** What it is asked instead. */
  instead?: object;
}

const detail = (parameter: string) =>
  JSON.stringify({
    detail: [{ type: 'extra_forbidden', loc: ['body', parameter], msg: 'Extra inputs are not permitted' }],
  });
const message = (text: string) =>
  JSON.stringify({ error: { message: text, type: 'invalid_request_error', code: null } });
const has = (parameter: string) => (request: Json) => request[parameter] !== undefined;
const maxTokens = { refuses: has('max_completion_tokens'), instead: { max_tokens: 1000 } };

/** For a question. */
export const strictServers: Record<string, Strict> = {
  'max_completion_tokens, as Mistral': { status: 422, error: detail('max_completion_tokens'), ...maxTokens },
  'max_completion_tokens, in an object of its own': {
    status: 422,
    error: JSON.stringify({ object: 'error', message: JSON.parse(detail('max_completion_tokens')) }),
    ...maxTokens,
  },
  'max_completion_tokens, as a gateway': {
    status: 400,
    error: message("UnsupportedParamsError: mistral does not support parameters: {'max_completion_tokens': 1000}"),
    ...maxTokens,
  },
  'max_completion_tokens, as plain text': {
    status: 400,
    error: 'Unrecognized request argument supplied: max_completion_tokens',
    ...maxTokens,
  },
  stream_options: {
    status: 400,
    error: message('Unrecognized request argument supplied: stream_options'),
    refuses: has('stream_options'),
  },
  'tools, for want of a setting': {
    status: 400,
    error: message('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'),
    refuses: has('tools'),
  },
  'tools, for its model': {
    status: 400,
    error: message('registry.example/gemma does not support tools'),
    refuses: has('tools'),
  },
  'tools, as if there were no such model': {
    status: 404,
    error: message('No endpoints found that support tool use.'),
    refuses: has('tools'),
  },
  'tools, by failing': { status: 500, error: message('tools param requires --jinja flag'), refuses: has('tools') },
  'tools, as a field': {
    status: 400,
    error: message('Error parsing request: tools is not a permitted field'),
    refuses: has('tools'),
  },
  'tools, for their definitions': {
    status: 400,
    error: message('Could not parse the tool definitions: tools are not supported'),
    refuses: has('tools'),
  },
  'tools, as the gateway quotes it': {
    status: 400,
    error: JSON.stringify({ error: { message: 'Provider returned error', metadata: { raw: detail('tools') } } }),
    refuses: has('tools'),
  },
  streams: {
    status: 400,
    error: message("Unsupported value: 'stream' does not support true with this model."),
    refuses: ({ stream }) => stream === true,
    instead: { stream: false },
  },
  'messages of the system': {
    status: 400,
    error: JSON.stringify({ object: 'error', message: 'System role not supported', code: 400 }),
    refuses: ({ messages }) => messages[0].role === 'system',
  },
  'two messages of a user': {
    status: 424,
    error: JSON.stringify({ error: 'Conversation roles must alternate user/assistant/user/assistant/...' }),
    refuses: ({ messages }) => messages.length > 1,
  },
  'one parameter after the other': {
    status: 422,
    error: '',
    refuses: ({ max_completion_tokens, stream_options, tools }) => max_completion_tokens ?? stream_options ?? tools,
  },
};

/** The error of a strict server for this request; that of the last server names one parameter at a time. */
export const strictError = ({ error }: Strict, request: Json): string =>
  error ||
  detail(['max_completion_tokens', 'stream_options', 'tools'].find((one) => request[one] !== undefined) ?? 'nothing');

const failed = (fields: object) => JSON.stringify({ error: { type: 'invalid_request_error', ...fields } });

/** What a server says of a call that its model has written. */
export const badCalls: Record<string, { status: number; body: string }> = {
  'does not match its schema': {
    status: 400,
    body: failed({
      message: 'tool call validation failed: parameters for tool suggest_meeting did not match schema',
      code: 'tool_use_failed',
    }),
  },
  'is of another tool': {
    status: 400,
    body: failed({ message: "attempted to call tool 'x' which was not in request.tools" }),
  },
  'cannot be read': {
    status: 400,
    body: failed({
      message: "Failed to call a function. See 'failed_generation' for more details.",
      code: 'tool_use_failed',
      failed_generation: '<tool-use>{}</tool-use>',
    }),
  },
  'is not JSON': { status: 500, body: failed({ message: 'error parsing tool call: raw={' }) },
};

/** Failures of a server that say nothing about its abilities. */
export const passingFailures: Record<string, (request: Json) => object> = {
  'quotes the request': (request) => ({ message: 'CUDA error while handling request', request }),
  'quotes the request in its message': (request) => ({ message: `CUDA error: ${JSON.stringify(request)}` }),
  'quotes the question': ({ messages }) => ({ message: 'out of memory', input: messages.at(-1).content }),
  'quotes the question in its message': ({ messages }) => ({ message: `template: ${messages.at(-1).content}` }),
};
