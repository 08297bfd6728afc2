import type OpenAI from 'openai';

/** What the model is asked. */
export interface Question extends Pick<OpenAI.ChatCompletionCreateParams, 'tools' | 'response_format'> {
  messages: { role: 'system' | 'user'; content: string }[];
}

/** The body of a request. It holds nothing else: each parameter more is one that some server refuses. */
export type Request = Question &
  Pick<
    OpenAI.ChatCompletionCreateParams,
    'model' | 'max_completion_tokens' | 'max_tokens' | 'stream' | 'stream_options'
  >;
