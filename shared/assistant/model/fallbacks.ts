import type { Request } from './request.ts';

/** What to do without for a server that refuses it. */
interface Fallback {
  name: string;
  /** Found in the error of a server that refuses it. Each server has its own words. */
  refusal: RegExp;
  change: (request: Request) => Request;
}

/** The first that an error names is tried first, each at most once. */
export const fallbacks: Fallback[] = [
  {
    // Mistral, and servers older than the name: they have max_tokens, which OpenAI's newer models refuse.
    name: 'max_completion_tokens',
    refusal: /max_completion_tokens/,
    change: ({ max_completion_tokens: max, ...rest }) => ({ ...rest, ...(max !== undefined && { max_tokens: max }) }),
  },
  {
    // The tokens are estimated then.
    name: 'stream_options',
    refusal: /stream_options|include_usage/,
    change: ({ stream_options: _, ...rest }) => rest,
  },
  {
    // The instructions ask for JSON too.
    name: 'response_format',
    refusal: /response.?(format|schema)|json.?(schema|validate)|structured.?output/i,
    change: ({ response_format: _, ...rest }) => rest,
  },
  {
    // The assistant then suggests no meetings.
    name: 'tools',
    refusal: /\btools?(?:\b|_)|function.?call/i,
    change: ({ tools: _, ...rest }) => rest,
  },
  {
    name: 'stream',
    refusal: /\bstream(ing)?\b\W+(does not|is not|not)\b|not support(ed)? stream/i,
    change: ({ stream_options: _, ...rest }) => ({ ...rest, stream: false }),
  },
  {
    // Templates of Gemma and of older Mistral models.
    name: 'several messages',
    refusal: /roles must alternate|system role|roles are supported/i,
    change: ({ messages, ...rest }) => ({
      ...rest,
      messages: [{ role: 'user', content: messages.map(({ content }) => content).join('\n\n') }],
    }),
  },
];
